import { generate } from "selfsigned";

export interface Certificates {
  /** PEM, to be trusted by whoever asks the devices. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A CA made for this one run, and one certificate for all invented switches; the CA's key is thrown away. */
export async function makeCertificates(names: readonly string[], now: number): Promise<Certificates> {
  const days = 30 * 86_400_000;
  const validity = { notBeforeDate: new Date(now - 3_600_000), notAfterDate: new Date(now + days) };
  const ca = await generate([{ name: "commonName", value: "Peerglass demo CA" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...validity,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const device = await generate([{ name: "commonName", value: "switches of the Peerglass demo" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...validity,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [{ type: 7, ip: "127.0.0.1" }, ...names.map((value) => ({ type: 2 as const, value }))],
      },
    ],
  });
  return { ca: ca.cert, cert: device.cert, key: device.private };
}
