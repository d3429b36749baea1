import type { Fault } from "./fault.ts";

/**
 * A fault, what its daemons then say, and what a console must make of it. One list for both tests: that the lab does
 * what it says, and that the console tells it.
 */
export interface Scenario {
  readonly name: string;
  readonly fault: Fault;
  /** Sessions that it takes down, each as node and leaf. */
  readonly sessions: readonly (readonly [node: string, leaf: string])[];
  /** Who of the two detects it, and in which words: the daemons' own detection. */
  readonly detected: { readonly by: "node" | "leaf"; readonly words: RegExp };
  readonly expected: {
    readonly status: "down" | "admin-down";
    readonly causes: readonly string[];
    /** Which end the console must blame: near is the node, far the leaf, between the wire. */
    readonly end: "near" | "far" | "between";
    readonly sentence?: RegExp;
    /** Where the side shows only after a deadline of the console; absent: within one poll. */
    readonly withinMs?: number;
  };
}

const SILENT = /^silent: .*ECONNREFUSED/;
const NOT_ESTABLISHED = /^(?!.*Established)/;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "BIRD killed",
    fault: { kind: "bird-killed", at: "node-1" },
    sessions: [
      ["node-1", "leaf-1"],
      ["node-1", "leaf-2"],
    ],
    detected: { by: "node", words: SILENT },
    expected: { status: "down", causes: ["speaker-gone"], end: "near" },
  },
  {
    name: "link down, shut at the leaf",
    fault: { kind: "link-down", at: "leaf-1", toward: "node-2" },
    sessions: [["node-2", "leaf-1"]],
    detected: { by: "leaf", words: NOT_ESTABLISHED },
    expected: { status: "down", causes: ["link-down", "interface-shut"], end: "far" },
  },
  {
    name: "link down, shut at the node",
    fault: { kind: "link-down", at: "node-3", toward: "leaf-2" },
    sessions: [["node-3", "leaf-2"]],
    detected: { by: "leaf", words: NOT_ESTABLISHED },
    expected: { status: "down", causes: ["link-down", "interface-shut"], end: "near" },
  },
  {
    name: "wrong MD5 password at the node",
    fault: { kind: "wrong-md5", at: "node-5", toward: "leaf-3" },
    sessions: [["node-5", "leaf-3"]],
    detected: { by: "leaf", words: NOT_ESTABLISHED },
    expected: { status: "down", causes: ["password"], end: "near" },
  },
  {
    name: "wrong MD5 password at the leaf",
    fault: { kind: "wrong-md5", at: "leaf-4", toward: "node-5" },
    sessions: [["node-5", "leaf-4"]],
    detected: { by: "node", words: NOT_ESTABLISHED },
    expected: { status: "down", causes: ["password"], end: "far" },
  },
  {
    name: "neighbor shut on the ToR with a text",
    fault: { kind: "shut-on-tor", at: "leaf-2", toward: "node-4", text: "moving to rack 9" },
    sessions: [["node-4", "leaf-2"]],
    detected: { by: "leaf", words: /\(Admin\)/ },
    expected: { status: "admin-down", causes: ["admin-shutdown"], end: "far", sentence: /moving to rack 9/ },
  },
  {
    name: "BIRD protocol disabled with a text",
    fault: { kind: "bird-disable", at: "node-6", toward: "leaf-3", text: "kernel update" },
    sessions: [["node-6", "leaf-3"]],
    detected: { by: "node", words: /^down/ },
    expected: { status: "admin-down", causes: ["admin-shutdown"], end: "near" },
  },
  {
    name: "remote AS wrong on the ToR",
    fault: { kind: "wrong-remote-as", at: "leaf-4", toward: "node-7" },
    sessions: [["node-7", "leaf-4"]],
    detected: { by: "node", words: /Bad peer AS/ },
    expected: { status: "down", causes: ["wrong-peer-as"], end: "far" },
  },
  {
    name: "prefix limit hit",
    fault: { kind: "prefix-limit", at: "node-8" },
    sessions: [
      ["node-8", "leaf-3"],
      ["node-8", "leaf-4"],
    ],
    detected: { by: "leaf", words: /\(PfxCt\)/ },
    expected: { status: "down", causes: ["prefix-limit"], end: "near" },
  },
  {
    name: "packets dropped in silence",
    fault: { kind: "blackhole", at: "node-4", toward: "leaf-1" },
    sessions: [["node-4", "leaf-1"]],
    detected: { by: "leaf", words: NOT_ESTABLISHED },
    expected: { status: "down", causes: ["hold-timer"], end: "between" },
  },
  {
    name: "BIRD frozen",
    fault: { kind: "bird-frozen", at: "node-2" },
    sessions: [
      ["node-2", "leaf-1"],
      ["node-2", "leaf-2"],
    ],
    detected: { by: "leaf", words: NOT_ESTABLISHED },
    // That the node does not answer us either, the console knows only when its deadline of 10 s is over.
    expected: { status: "down", causes: ["hold-timer"], end: "near", withinMs: 12_000 },
  },
];
