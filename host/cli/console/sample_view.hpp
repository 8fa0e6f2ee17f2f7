// Metadata and a resource with every type of field and of layout, for tests.
#pragma once

namespace pf::test {

inline constexpr const char* sample_view = R"json({"view":{
"table":{"layout":{"name":"Main Table","type":"query-search-table","options":{
  "default_sort":{"key":"name","desc":true},
  "fields":[
  {"key":"name","name":"Name"},
  {"key":"data.state","name":"State","type":"enum","options":{"items":{
    "ON":{"type":"state","name":"Running","options":{"icon":{"image":"ic_circle-filled","color":"green.500"}}},
    "OFF":{"type":"state","name":"Stopped","options":{"icon":{"color":"red.500"}}}},"default":"OFF"}},
  {"key":"data.core","name":"vCPU","type":"text","options":{"postfix":" cores"}},
  {"key":"data.memory","name":"Memory","type":"size","options":{"source_unit":"GB","display_unit":"GB"}},
  {"key":"ip_addresses","name":"IPs","type":"list","options":{"is_optional":true}}]}}},
"sub_data":{"layouts":[
  {"name":"Machine","type":"list","options":{"layouts":[
    {"name":"Base","type":"item","options":{"root_path":"data","fields":[
      {"key":"os","name":"OS","type":"enum","options":{"LINUX":{"type":"badge","name":"Linux","options":{"outline_color":"violet.500"}}}},
      {"key":"kind","name":"Kind","type":"badge","options":{"background_color":"coral.200","shape":"ROUND"}},
      {"key":"health","name":"Health","type":"state","options":{"icon":{"color":"yellow.500"}}},
      {"key":"created","name":"Created","type":"datetime","options":{"source_type":"iso8601"}},
      {"key":"booted","name":"Booted","type":"datetime","options":{"source_type":"timestamp","source_format":"seconds"}},
      {"key":"disk","name":"Disk","type":"size"},
      {"key":"labels","name":"Labels","type":"dict"},
      {"key":"note","name":"Note","type":"text","options":{"default":"none written"}}]}},
    {"name":"Everything","type":"item","options":{"root_path":"data.labels"}}]}},
  {"name":"Disks","type":"table","options":{"root_path":"data.disks","default_sort":{"key":"index"},"fields":[
    {"key":"index","name":"Index"},
    {"key":"size","name":"Size","type":"size","options":{"source_unit":"MB"}},
    {"key":"tags","name":"Tags","type":"list","options":{"sub_key":"value","delimiter":" / "}},
    {"key":"path","name":"Path","type":"more","options":{"sub_key":"parts","layout":{"name":"Parts","type":"popup",
      "options":{"layout":{"type":"simple-table","options":{"root_path":"list","fields":[{"key":"n","name":"N"}]}}}}}}]}},
  {"name":"Addresses","type":"query-search-table","options":{"root_path":"data","unwind":{"path":"nics"},"fields":[
    {"key":"nics.mac","name":"MAC"},{"key":"core","name":"vCPU of it"}]}},
  {"name":"Free Table","type":"raw-table","options":{"root_path":"data.free"}},
  {"name":"Page","type":"html","options":{"root_path":"data.page"}},
  {"name":"Help","type":"markdown","options":{"markdown":{"en":"Line *one*\nline two","ko":"x"}}},
  {"name":"GPUs","type":"simple-table","options":{"root_path":"data.gpus","fields":[{"key":"name","name":"Name"}]}},
  {"name":"Raw","type":"raw","options":{"root_path":"data.labels"}}]}}})json";

inline constexpr const char* sample_resource = R"json({"name":"web <1>","provider":"nutanix",
"cloud_service_group":"AHV","cloud_service_type":"VM","account":"a","region_code":"r",
"reference":{"resource_id":"id-1","external_link":"https://pc:9440/console/#vm?a=1&b=\"2\""},
"ip_addresses":["10.0.0.1","10.0.0.2"],
"data":{"state":"ON","core":4,"memory":1.5,"os":"LINUX","kind":"big","health":"changing",
"created":"2026-11-23T08:15:00Z","booted":1795421700,"disk":1536,"labels":{"team":"a & b","tier":"1"},
"disks":[{"index":2,"size":1024,"tags":[{"key":"a","value":"x"},{"key":"b","value":"y"}],"path":"p2","parts":{"list":[{"n":1},{"n":2}]}},
         {"index":1,"size":1536,"tags":[],"path":"p1"}],
"nics":[{"mac":"aa"},{"mac":"bb"}],"free":[{"b":1,"a":"x"},{"b":2}],
"page":"<b>bold</b>\n<script>alert(1)</script>","gpus":[]}})json";

}  // namespace pf::test
