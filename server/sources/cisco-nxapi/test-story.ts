/** One Nexus leaf, composed after the captures of NX-OS 9.3(4): a spine and a node that are up, a node whose TCP is refused, one shut. */

const DETAIL = {
  vrf: "default",
  holdtime: 180,
  keepalivetime: 60,
  connsdropped: 0,
  resetreason: "No error",
  peerresetreason: "No error",
};
const CAPABLE = {
  TABLE_af: {
    ROW_af: {
      "af-afi": 1,
      TABLE_saf: { ROW_saf: { "af-safi": 1, "af-advertised": "true", "af-recvd": "true", "af-name": "IPv4 Unicast" } },
    },
  },
};

function counts(pfxrecvd: number, pfxsent: number) {
  return {
    TABLE_peraf: {
      ROW_peraf: {
        "per-afi": 1,
        TABLE_persaf: { ROW_persaf: { "per-safi": 1, "per-af-name": "IPv4 Unicast", pfxrecvd, pfxsent } },
      },
    },
  };
}

export const STORY: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  [
    "show version",
    {
      nxos_ver_str: "9.3(4)",
      chassis_id: "Nexus9000 C9300v Chassis",
      proc_board_id: "9DOTFRO0QMW",
      host_name: "leaf-1",
      kern_uptm_days: 2,
      kern_uptm_hrs: 16,
      kern_uptm_mins: 18,
      kern_uptm_secs: 14,
    },
  ],
  [
    "show bgp all summary vrf all",
    {
      TABLE_vrf: {
        ROW_vrf: {
          "vrf-name-out": "default",
          "vrf-router-id": "10.0.0.11",
          "vrf-local-as": "65011",
          TABLE_af: {
            ROW_af: {
              "af-id": 1,
              TABLE_saf: {
                ROW_saf: {
                  safi: 1,
                  "af-name": "IPv4 Unicast",
                  TABLE_neighbor: {
                    ROW_neighbor: [
                      {
                        neighborid: "10.1.0.0",
                        neighboras: "65000",
                        time: "P2DT16H8M53S",
                        state: "Established",
                        prefixreceived: 40,
                      },
                      {
                        neighborid: "10.2.0.1",
                        neighboras: "64512",
                        time: "00:16:19",
                        state: "Established",
                        prefixreceived: 3,
                      },
                      { neighborid: "10.2.0.3", neighboras: "64512", time: "PT51S", state: "Idle", prefixreceived: 0 },
                      {
                        neighborid: "10.2.0.5",
                        neighboras: "64512",
                        time: "5w6d",
                        state: "Shut (Admin)",
                        prefixreceived: 0,
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    },
  ],
  [
    "show bgp all neighbors vrf all",
    {
      TABLE_neighbor: {
        ROW_neighbor: [
          {
            ...DETAIL,
            neighbor: "10.1.0.0",
            remoteas: "65000",
            state: "Established",
            elapsedtime: "P2DT16H8M53S",
            connectedif: "Ethernet1/49",
            localaddr: "10.1.0.1",
            ...CAPABLE,
            ...counts(40, 12),
          },
          {
            ...DETAIL,
            neighbor: "10.2.0.1",
            remoteas: "64512",
            state: "Established",
            elapsedtime: "00:16:19",
            connectedif: "Ethernet1/1",
            localaddr: "10.2.0.0",
            ...CAPABLE,
            ...counts(3, 40),
          },
          {
            ...DETAIL,
            neighbor: "10.2.0.3",
            remoteas: "64512",
            state: "Idle",
            elapsedtime: "PT51S",
            connectedif: "Ethernet1/2",
            connsdropped: 2,
            resetreason: "holdtimer expired error",
            resettime: "PT51S",
            rstmajsnt: 4,
            rstminsnt: 0,
          },
          {
            ...DETAIL,
            neighbor: "10.2.0.5",
            remoteas: "64512",
            state: "Shut (Admin)",
            elapsedtime: "5w6d",
            connectedif: "Ethernet1/3",
          },
        ],
      },
    },
  ],
  ["show bfd neighbors details", null],
  [
    "show interface",
    {
      TABLE_interface: {
        ROW_interface: [
          {
            interface: "Ethernet1/1",
            state: "up",
            admin_state: "up",
            eth_mtu: "9216",
            eth_bw: 100_000_000,
            eth_inbytes: 10,
            eth_outbytes: 20,
            eth_inerr: "0",
          },
          {
            interface: "Ethernet1/2",
            state: "down",
            admin_state: "up",
            state_rsn_desc: "Link not connected",
            eth_mtu: "9216",
          },
        ],
      },
    },
  ],
  [
    "show ip interface vrf all",
    {
      TABLE_intf: [
        { ROW_intf: { "vrf-name-out": "default", "intf-name": "Ethernet1/1", prefix: "10.2.0.0", masklen: 31 } },
        { ROW_intf: { "vrf-name-out": "default", "intf-name": "Ethernet1/2", prefix: "10.2.0.2", masklen: 31 } },
      ],
    },
  ],
  ["show ipv6 interface vrf all", {}],
  ["show lldp neighbors", { TABLE_nbor: { ROW_nbor: { chassis_id: "node-1", l_port_id: "Eth1/1", port_id: "eth0" } } }],
  [
    "show system resources",
    { cpu_state_idle: "91.37", load_avg_1min: "0.15", memory_usage_total: 16_401_224, memory_usage_used: 5_771_256 },
  ],
  [
    "show ip route summary vrf all",
    'IP Route Table for VRF "default"\nTotal number of routes: 17\n\nBest paths per protocol:\n  bgp-65011      : 12\n',
  ],
  ["show ipv6 route summary vrf all", 'IPv6 Routing Table for VRF "default"\nTotal number of routes: 0\n'],
  [
    "show ip arp detail vrf all",
    {
      TABLE_vrf: {
        ROW_vrf: {
          "vrf-name-out": "all",
          TABLE_adj: {
            ROW_adj: {
              "intf-out": "Ethernet1/1",
              "ip-addr-out": "10.2.0.1",
              "time-stamp": "PT9S",
              mac: "5254.009b.7ddb",
            },
          },
        },
      },
    },
  ],
  ["show mac address-table", null],
  [
    "show bgp vrf default all neighbors 10.2.0.1 routes",
    `Peer 10.2.0.1 routes for address family IPv4 Unicast:
   Network            Next Hop            Metric     LocPrf     Weight Path
*>e10.244.3.64/26     10.2.0.1                                       0 64512 i
`,
  ],
]);
