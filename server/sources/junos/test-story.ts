/** One Junos leaf, composed after captures of 19.4R1 and 21.4: a spine, a node that is up, a node in an instance that is not. */
const PEERS = `
<bgp-peer><peer-address>10.1.0.0+179</peer-address><peer-as>65000</peer-as><local-address>10.1.0.1+50000</local-address><local-as>65011</local-as>
 <peer-cfg-rti>master</peer-cfg-rti><peer-type>External</peer-type><peer-state>Established</peer-state><last-error>None</last-error>
 <bgp-option-information><bgp-options>Preference PeerAS Refresh</bgp-options><address-families>inet-unicast</address-families><holdtime>90</holdtime></bgp-option-information>
 <flap-count>0</flap-count><peer-id>10.0.0.1</peer-id><local-id>10.0.0.11</local-id><active-holdtime>90</active-holdtime><keepalive-interval>30</keepalive-interval>
 <local-interface-name>xe-0/0/48.0</local-interface-name><nlri-type-session>inet-unicast</nlri-type-session>
 <bgp-rib><name>inet.0</name><active-prefix-count>30</active-prefix-count><received-prefix-count>42</received-prefix-count><accepted-prefix-count>40</accepted-prefix-count><advertised-prefix-count>12</advertised-prefix-count></bgp-rib></bgp-peer>
<bgp-peer><peer-address>10.2.0.1+40000</peer-address><peer-as>64512</peer-as><local-address>10.2.0.0+179</local-address><local-as>65011</local-as>
 <peer-cfg-rti>pods</peer-cfg-rti><peer-state>Active</peer-state><last-error>Hold Timer Expired Error</last-error>
 <bgp-option-information><bgp-options>Preference PeerAS AuthKey Refresh</bgp-options><holdtime>90</holdtime></bgp-option-information>
 <flap-count>3</flap-count><bgp-error><name>Hold Timer Expired Error</name><send-count>3</send-count><receive-count>0</receive-count></bgp-error></bgp-peer>`;

const SUMMARY = `
<bgp-peer><peer-address>10.1.0.0</peer-address><peer-as>65000</peer-as><elapsed-time junos:seconds="27022">7:30:22</elapsed-time><flap-count>0</flap-count><peer-state>Established</peer-state>
 <bgp-rib><name>inet.0</name><active-prefix-count>30</active-prefix-count><received-prefix-count>42</received-prefix-count><accepted-prefix-count>40</accepted-prefix-count></bgp-rib></bgp-peer>
<bgp-peer><peer-address>10.2.0.1</peer-address><peer-as>64512</peer-as><elapsed-time junos:seconds="51">51</elapsed-time><flap-count>3</flap-count><peer-state>Active</peer-state></bgp-peer>`;

export const STORY: ReadonlyMap<string, string> = new Map([
  [
    "get-system-information",
    "<system-information><hardware-model>qfx5120</hardware-model><os-name>junos</os-name><os-version>21.4R3</os-version><serial-number>XH1</serial-number><host-name>leaf-1</host-name></system-information>",
  ],
  [
    "get-system-uptime-information",
    '<system-uptime-information><current-time><date-time junos:seconds="1623025799">x</date-time></current-time><system-booted-time><date-time junos:seconds="1622998000">x</date-time></system-booted-time></system-uptime-information>',
  ],
  ["get-bgp-summary-information", `<bgp-information><peer-count>2</peer-count>${SUMMARY}</bgp-information>`],
  ["get-bgp-neighbor-information", `<bgp-information>${PEERS}</bgp-information>`],
  [
    "get-bfd-session-information",
    "<bfd-session-information><bfd-session><session-neighbor>10.2.0.1</session-neighbor><session-state>Down</session-state><session-interface>xe-0/0/1.0</session-interface><session-transmission-interval>0.300</session-transmission-interval><session-adaptive-multiplier>3</session-adaptive-multiplier></bfd-session></bfd-session-information>",
  ],
  [
    "get-interface-information",
    "<interface-information><physical-interface><name>xe-0/0/1</name><admin-status>up</admin-status><oper-status>down</oper-status><speed>10Gbps</speed><logical-interface><name>xe-0/0/1.0</name><address-family><address-family-name>inet</address-family-name><interface-address><ifa-destination>10.2.0.0/31</ifa-destination><ifa-local>10.2.0.0</ifa-local></interface-address></address-family></logical-interface></physical-interface></interface-information>",
  ],
  [
    "get-lldp-neighbors-information",
    "<lldp-neighbors-information><lldp-neighbor-information><lldp-local-port-id>xe-0/0/1</lldp-local-port-id><lldp-remote-port-id>eth0</lldp-remote-port-id><lldp-remote-system-name>node-1</lldp-remote-system-name></lldp-neighbor-information></lldp-neighbors-information>",
  ],
  [
    "get-route-engine-information",
    "<route-engine-information><route-engine><mastership-state>master</mastership-state><cpu-idle>97</cpu-idle><memory-dram-size>2048 MB</memory-dram-size><memory-buffer-utilization>50</memory-buffer-utilization></route-engine></route-engine-information>",
  ],
  [
    "get-route-information",
    '<route-information><route-table><table-name>inet.0</table-name><rt><rt-destination>10.244.3.64/26</rt-destination><rt-entry><active-tag>*</active-tag><protocol-name>BGP</protocol-name><preference>170</preference><age junos:seconds="60">1:00</age><as-path>AS path: 64512 I</as-path><nh><to>10.2.0.1</to><via>xe-0/0/1.0</via></nh></rt-entry></rt></route-table></route-information>',
  ],
]);
