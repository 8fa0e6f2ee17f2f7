// What `prismforet watch` needs of its StatefulSet: one pod, its state on a claim, its credentials as files, and the
// pages of its status port for probes, for it serves no gRPC.

const isBelow = (file, folder) => file?.startsWith(`${folder}/`) === true;

// Every path of a file in the configuration, by its key.
function filesOf(value) {
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, one]) =>
        (/_file$/.test(key) && typeof one === 'string' ? [[key, one]] : filesOf(one)));
}

function checkProbes(container, say) {
    const pages = { startupProbe: '/healthz', livenessProbe: '/healthz', readinessProbe: '/readyz' };
    for (const [key, page] of Object.entries(pages)) {
        const asked = container[key]?.httpGet;
        say(asked?.path === page && asked?.port === 'status', `${key} does not ask ${page} of the status port`);
    }
    const patience = container.startupProbe?.periodSeconds * container.startupProbe?.failureThreshold;
    say(patience >= 120, `starting may take ${patience} s, but a predecessor may hold the state for longer`);
}

// Where a path of the container comes from: the volume that is mounted there.
function volumeOf(pod, file) {
    const mount = pod.containers[0].volumeMounts.find((one) => isBelow(file, one.mountPath));
    return [pod.volumes.find((volume) => volume.name === mount?.name) ?? {}, mount ?? {}];
}

// checkWatch(STATEFUL_SET, CONFIG, DOCUMENTS, EXPECT)
export function checkWatch(one, config, documents, expect) {
    const pod = one.spec.template.spec;
    const say = (isRight, text) => expect(isRight, `StatefulSet ${one.metadata.name}: ${text}`);
    say(one.spec.replicas === 1, `${one.spec.replicas} replicas, but one file`);
    say(one.spec.podManagementPolicy === 'Parallel', 'a pod that cannot start would never be replaced');
    say(documents.some((two) => two.kind === 'Service' && two.metadata.name === one.spec.serviceName),
        `no Service ${one.spec.serviceName}`);
    say(JSON.stringify(pod.containers[0].args) === '["watch"]', 'does not run watch');
    checkProbes(pod.containers[0], say);

    const [state, place] = volumeOf(pod, config?.watch?.state);
    say(state.persistentVolumeClaim !== undefined && place.readOnly !== true,
        `its state, ${config?.watch?.state}, is on no claim that it can write to`);
    for (const [key, file] of filesOf(config)) {
        const [secret, mount] = volumeOf(pod, file);
        say(secret.secret !== undefined && mount.readOnly === true, `${key}: ${file} is in no Secret`);
        say(mount.subPath === undefined, `${key}: ${file} would never change, for its mount has a subPath`);
    }
    const inClear = JSON.stringify(config).match(/"(password|api_key|access_key|\w*token)":/);
    say(inClear === null, `${inClear?.[1]} in clear in its ConfigMap`);
    say(Object.keys(config?.watch ?? {}).some((key) => key === 'rules' || key === 'alerts'), 'tells nothing');

    const labels = one.spec.template.metadata.labels;
    for (const kind of ['PodDisruptionBudget', 'HorizontalPodAutoscaler']) {
        say(!documents.some((two) => two.kind === kind && Object.entries(two.spec.selector?.matchLabels ??
            { none: '' }).every(([key, value]) => labels[key] === value)), `a ${kind} for one pod`);
    }
}
