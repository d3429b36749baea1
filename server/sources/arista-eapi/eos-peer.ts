import { peerKeyWith } from "../switch/peer.ts";
import { longInterfaceName } from "./eos-scalars.ts";

/** EOS names an unnumbered peer `fe80::1%Et3`; in a list of neighbors the port may stand beside it. */
export const peerKey = peerKeyWith(longInterfaceName);
