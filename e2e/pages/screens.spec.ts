import AxeBuilder from "@axe-core/playwright";
import { expect, live, test } from "./watched.ts";

const SCREENS = [
  ["overview", "/"],
  ["topology", "/topology"],
  ["topology as table", "/topology?view=table"],
  ["sessions", "/sessions"],
  ["session", "/sessions/SESSION"],
  ["devices", "/devices"],
  ["device", "/devices/leaf-1"],
  ["sources", "/sources"],
] as const;

for (const scheme of ["dark", "light"] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test.describe(`${scheme}, ${width} px`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height } });

      for (const [name, path] of SCREENS) {
        test(`${name}: one heading, state in the title, nothing cut off sideways, axe finds nothing`, async ({
          page,
          app,
          demo,
        }, info) => {
          await demo.control("inject admin-down leaf-1 node-01 CHG-2209 line card swap");
          await demo.control("inject link-down leaf-2 node-03");
          const id = await sessionOf(app.url, "node-03", "leaf-2");
          await page.goto(app.url + path.replace("SESSION", encodeURIComponent(id)));
          await live(page);
          await expect(page.locator("h1")).toHaveCount(1);
          await expect(page).toHaveTitle(/Peerglass$/);
          await expect.poll(() => page.title()).toMatch(/1 down|down/i);
          await page.waitForTimeout(600);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, "px beyond the window's width").toBeLessThanOrEqual(0);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(
            violations.map(
              ({ id: rule, nodes }) =>
                `${rule}: ${nodes
                  .map((node) => node.target.join(" "))
                  .slice(0, 3)
                  .join(", ")}`,
            ),
          ).toEqual([]);
          await info.attach(`${name}-${scheme}-${width}`, { body: await page.screenshot(), contentType: "image/png" });
        });
      }
    });
  }
}

test("colour is never alone: down, shut and up stand in words", async ({ page, app, demo }) => {
  await demo.control("inject link-down leaf-2 node-03");
  await demo.control("inject admin-down leaf-1 node-01 maintenance");
  await page.goto(app.url);
  await expect(page.locator("h1")).toContainText(/1 down/);
  await expect(page.locator("h1")).toContainText(/1 shut on purpose/);
  await expect(page.locator("h1")).toContainText(/30 up/);
});

async function sessionOf(url: string, near: string, far: string): Promise<string> {
  const answer = (await (await fetch(`${url}/api/trpc/fabric.view`)).json()) as {
    result: { data: { sessions: { id: string; near: { device?: string }; far: { device?: string } }[] } };
  };
  const found = answer.result.data.sessions.find((row) => row.near.device === near && row.far.device === far);
  if (!found) throw new Error(`no session of ${near} and ${far}`);
  return found.id;
}
