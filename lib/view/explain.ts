import type { SessionState } from "../bgp/session-state.ts";
import type { SessionStatus } from "../fabric/session.ts";
import type { Cause } from "../fabric/verdict.ts";

/** Two lines on what a word means and what it leads to, for whoever reads it at night. RFC 4271 §8.2.2. */
export const EXPLAIN_STATE: Readonly<Record<SessionState, string>> = {
  idle: "This end is not trying: it was told not to, it waits after an error, or it knows no way to the neighbor. It refuses connections until it leaves Idle.",
  connect:
    "This end is opening a TCP connection to port 179 and waits for the answer. Staying here means that packets are lost or refused on the way.",
  active:
    "This end has failed to connect and now listens, trying again every so often. Despite the name nothing flows: the neighbor does not answer.",
  "open-sent":
    "TCP is up and this end has sent its OPEN; it waits for the other's. Staying here means that the other does not like what it read, or cannot be heard.",
  "open-confirm":
    "Both OPENs were accepted; this end waits for the first KEEPALIVE. Staying here means that packets get lost in one direction.",
  established:
    "Both ends agreed, and routes flow. It ends with a NOTIFICATION, a lost TCP connection or a silent hold time.",
};

export const EXPLAIN_STATUS: Readonly<Record<SessionStatus, string>> = {
  up: "An end whose answer is fresh holds the session Established, and no end that can be believed says otherwise.",
  down: "At least one end has lost the session. One speaker alone cannot hold it up, whatever the other still shows.",
  degraded: "Routes flow, and something will soon break them or no longer protects them. The cause says what.",
  unknown: "No source that can be believed tells of this session now. It may be up or down: nobody here can see it.",
  "admin-down": "An end was told to hold this session down. It comes back only when somebody says so there.",
};

export const EXPLAIN_CAUSE: Readonly<Record<Cause, string>> = {
  none: "Nothing that we can see is wrong.",
  "speaker-gone":
    "The machine answers, the BGP daemon on it does not run. All its sessions fall together: look at the daemon, not at the neighbors.",
  "link-down": "The port under the session has no carrier. Optic, cable or the other port; BGP only follows.",
  "interface-shut": "The port was shut by configuration. It comes back with a `no shutdown` there, and not before.",
  "admin-shutdown":
    "An operator has shut the session at one end. The text that was given with it stands in the sentence.",
  "prefix-limit":
    "One end has received more prefixes than it allows and closed the session. Find what is announced too much before you raise the limit.",
  "wrong-peer-as":
    "One end expects another AS than its neighbor has. They refuse each other at OPEN until one is mended.",
  password:
    "The TCP signatures do not match: keys differ, or only one end has one. The listener drops the packets, so the caller sees a time-out.",
  "not-configured": "One end calls, and the other has no such neighbor. Add it there, or take it away here.",
  "hold-timer":
    "One end heard nothing for the whole hold time and gave up. It is the end that went deaf: look at its port, and at the other's load.",
  "bfd-down":
    "BFD saw the path break and took the session down with it, within a second or so. The path is at fault, seldom BGP.",
  "connection-refused":
    "The neighbor's machine answers and refuses port 179: no daemon listens there, or a filter sends resets.",
  "no-route": "This end has no way to the neighbor's address. Look at its port, its address and its routing table.",
  "no-answer":
    "Calls to the neighbor meet silence. A filter, a wrong address, a dead path in one direction or a dead neighbor: only the path tells.",
  "config-change":
    "A speaker closed the session because its own configuration changed. It should come back by itself in seconds.",
  "peer-reset": "The other end closed the session on purpose, by a reset. Its log says who asked for it.",
  "protocol-error":
    "One end sent what the other could not accept. The NOTIFICATION names the field: compare versions and capabilities.",
  "graceful-restart":
    "The neighbor restarts, and its routes are kept meanwhile (RFC 4724). If it is not back in time they go.",
  "limit-near":
    "So many prefixes arrive that the limit is near. At the limit the session closes: raise it or find what grew.",
  "family-missing":
    "The session is up, but an address family that one end wants was not agreed. Its routes do not flow.",
  "bfd-missing": "BFD is configured and not up, so that a broken path is noticed only by the hold timer.",
  disputed:
    "One end says Established and the other does not, both answers being fresh. One of the two holds a dead connection.",
  starting: "The session is on its way through its states. Should this last longer than a minute, read it as down.",
  "source-silent": "The sources that tell of it do not answer. Mend the sources first: until then nothing is known.",
  unexplained: "It is not up, and nothing that the two ends tell says why. The evidence below is all that was said.",
};
