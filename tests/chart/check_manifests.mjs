// Holds Kubernetes documents against the schemas of Kubernetes, the Pod Security profile "restricted", and what
// belongs together: selectors and labels, ports and their names, config and its mounts. A StatefulSet is `watch`,
// which is held against more in watch_pod.mjs.
//   check_manifests.mjs FILE
import fs from 'node:fs';

import { load } from '../node/load.mjs';
import { checkWatch } from './watch_pod.mjs';

const yaml = load('js-yaml');
const file = process.argv[2];
const documents = yaml.loadAll(fs.readFileSync(file, 'utf8')).filter((one) => one !== null);
const problems = [];
const expect = (isRight, text) => {
    if (!isRight) problems.push(text);
};

// Of the Prometheus operator, whose kinds are none of Kubernetes' own.
function checkServiceMonitor(one) {
    const services = documents.filter((two) => two.kind === 'Service' &&
        contains(two.metadata.labels, one.spec?.selector?.matchLabels));
    expect(services.length === 1, `ServiceMonitor ${one.metadata?.name}: selects ${services.length} services`);
    for (const endpoint of one.spec?.endpoints ?? []) {
        expect(services.some((two) => two.spec.ports.some((port) => port.name === endpoint.port)),
            `ServiceMonitor ${one.metadata.name}: no service has the port ${endpoint.port}`);
    }
}

function checkSchema(one) {
    if (one.kind === 'ServiceMonitor' && one.apiVersion === 'monitoring.coreos.com/v1') {
        checkServiceMonitor(one);
        return;
    }
    const models = load(one.apiVersion === 'v1' ? 'kubernetes-models/v1' : `kubernetes-models/${one.apiVersion}`);
    const Model = models[one.kind];
    if (Model === undefined) {
        problems.push(`${one.kind}: Kubernetes has none in ${one.apiVersion}`);
        return;
    }
    try {
        new Model(one).validate();
    } catch (error) {
        problems.push(`${one.kind} ${one.metadata?.name}: ${error.message}`);
    }
}

const allowedVolumes = ['configMap', 'downwardAPI', 'emptyDir', 'persistentVolumeClaim', 'projected', 'secret'];

// https://kubernetes.io/docs/concepts/security/pod-security-standards, profile "restricted".
function checkRestricted(name, pod) {
    const context = pod.securityContext ?? {};
    for (const key of ['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers']) {
        expect(!pod[key], `${name}: ${key} is set`);
    }
    expect(context.runAsNonRoot === true, `${name}: runAsNonRoot is not true`);
    expect(context.runAsUser !== 0, `${name}: runAsUser is 0`);
    expect(context.seccompProfile?.type === 'RuntimeDefault', `${name}: seccompProfile is not RuntimeDefault`);
    for (const volume of pod.volumes ?? []) {
        const kind = Object.keys(volume).find((key) => key !== 'name');
        expect(allowedVolumes.includes(kind), `${name}: volume ${volume.name} is a ${kind}`);
    }
    for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
        const own = container.securityContext ?? {};
        const label = `${name}/${container.name}`;
        expect(own.allowPrivilegeEscalation === false, `${label}: allowPrivilegeEscalation is not false`);
        expect(own.privileged !== true, `${label}: is privileged`);
        expect(own.runAsUser !== 0, `${label}: runAsUser is 0`);
        expect((own.capabilities?.drop ?? []).includes('ALL'), `${label}: does not drop ALL capabilities`);
        expect((own.capabilities?.add ?? []).length === 0, `${label}: adds capabilities`);
        expect((container.ports ?? []).every((port) => port.hostPort === undefined), `${label}: has a hostPort`);
    }
}

// What this project promises beyond the profile.
function checkPromises(name, pod) {
    expect(pod.automountServiceAccountToken === false, `${name}: gets a token of the service account`);
    for (const container of pod.containers) {
        const label = `${name}/${container.name}`;
        expect(container.securityContext?.readOnlyRootFilesystem === true, `${label}: can write to its root`);
        for (const key of ['cpu', 'memory']) {
            expect(container.resources?.limits?.[key] !== undefined, `${label}: no limit of ${key}`);
        }
        for (const mount of container.volumeMounts ?? []) {
            expect((pod.volumes ?? []).some((volume) => volume.name === mount.name),
                `${label}: mounts ${mount.name}, which is no volume`);
        }
        expect((container.env ?? []).every((entry) => !/PASSWORD|SECRET|API_KEY/.test(entry.name)),
            `${label}: a credential in the environment`);
        expect(!/:latest$|^[^:@]+$/.test(container.image), `${label}: image ${container.image} has no fixed version`);
    }
}

const contains = (labels, selector) =>
    Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);

// What serves: gRPC and its probes, the end of a pod, the number of pods.
function checkServe(one, config) {
    const pod = one.spec.template.spec;
    for (const key of ['livenessProbe', 'readinessProbe']) {
        expect(pod.containers[0][key]?.grpc?.port === 50051, `${one.metadata.name}: ${key} does not ask gRPC on 50051`);
    }
    const drain = pod.terminationGracePeriodSeconds;
    const told = config?.serve ?? {};
    expect(parseInt(told.drain, 10) < drain, `drain ${told.drain} is not below the ${drain} s that pods get`);
    expect(told.grpc === '0.0.0.0:50051', `serves ${told.grpc}, not 0.0.0.0:50051`);
    const scaled = documents.some((two) => two.kind === 'HorizontalPodAutoscaler');
    expect(scaled === (one.spec.replicas === undefined), 'replicas and an autoscaler, or neither');
}

const isWorkload = (one) => one.kind === 'Deployment' || one.kind === 'StatefulSet';

function checkTogether() {
    const workloads = documents.filter(isWorkload);
    expect(workloads.length > 0, 'there is neither a Deployment nor a StatefulSet');
    const named = (kind, name) => documents.some((one) => one.kind === kind && one.metadata.name === name);
    const labels = workloads.map((one) => one.spec.template.metadata.labels);
    for (const one of workloads) {
        const pod = one.spec.template.spec;
        expect(contains(one.spec.template.metadata.labels, one.spec.selector.matchLabels),
            `${one.kind} ${one.metadata.name}: its selector does not find its pods`);
        for (const volume of pod.volumes ?? []) {
            expect(!volume.configMap || named('ConfigMap', volume.configMap.name),
                `${one.kind} ${one.metadata.name}: no ConfigMap ${volume.configMap?.name}`);
        }
        const mounted = pod.volumes?.find((volume) => volume.name === 'config')?.configMap?.name;
        const config = yaml.load(documents.find((two) =>
            two.kind === 'ConfigMap' && two.metadata.name === mounted)?.data['config.yaml'] ?? '');
        const open = pod.containers[0].ports.find((port) => port.name === 'status');
        expect(config?.serve?.status === (open && `0.0.0.0:${open.containerPort}`),
            `${one.metadata.name}: status on ${config?.serve?.status}, not on its port`);
        if (one.kind === 'Deployment') {
            checkServe(one, config);
        } else {
            checkWatch(one, config, documents, expect);
        }
    }
    for (const one of documents) {
        const selector = { Service: one.spec?.selector, PodDisruptionBudget: one.spec?.selector?.matchLabels,
            NetworkPolicy: one.spec?.podSelector?.matchLabels }[one.kind];
        expect(selector === undefined || labels.some((pod) => contains(pod, selector)),
            `${one.kind} ${one.metadata.name}: selects no pod`);
        for (const port of one.kind === 'Service' ? one.spec.ports : []) {
            expect(workloads.some((two) => two.spec.template.spec.containers.some((container) =>
                container.ports.some((open) => open.name === port.targetPort &&
                    (open.name !== 'grpc' || open.containerPort === 50051)))),
            `Service ${one.metadata.name}: no container has the port ${port.targetPort}`);
        }
    }
    const names = documents.map((one) => `${one.kind}/${one.metadata.name}`);
    expect(new Set(names).size === names.length, `two documents have one name: ${names.join(' ')}`);
}

for (const one of documents) {
    checkSchema(one);
    if (isWorkload(one)) {
        checkRestricted(one.metadata.name, one.spec.template.spec);
        checkPromises(one.metadata.name, one.spec.template.spec);
    }
}
checkTogether();
for (const problem of problems) console.error(`${file}: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`${documents.length} documents`);
