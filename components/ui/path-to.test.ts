import fc from "fast-check";
import { expect, test } from "vitest";
import { filterOf, pathTo } from "./path-to.ts";

test("a name with slashes and dots stays one part of the path", () => {
  expect(pathTo("sessions", "10.0.0.1~fe80::1%eth0/../x?q#h")).toBe(
    "/sessions/10.0.0.1~fe80%3A%3A1%25eth0%2F..%2Fx%3Fq%23h",
  );
});

test("no name makes a link throw, or lead to another site", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const url = new URL(pathTo("devices", `${name}\ud800`), "http://console");
      expect(url.host).toBe("console");
      expect(url.pathname.startsWith("/devices/")).toBe(true);
      expect(new URL(filterOf("sources", `${name}\udfff`), "http://console").searchParams.get("q")).toBe(
        `${name}\udfff`.toWellFormed(),
      );
    }),
  );
});
