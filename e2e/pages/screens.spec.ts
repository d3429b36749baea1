import AxeBuilder from "@axe-core/playwright";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

/** Name, path, and how the title tells the state first: one link down, one session shut on purpose. */
const SCREENS = [
  ["overview", "/", /^1 down, 1 shut on purpose/],
  ["topology", "/topology", /^1 down, 1 shut on purpose/],
  ["topology as table", "/topology?as=table", /^1 down, 1 shut on purpose/],
  ["sessions", "/sessions", /^1 down, 1 shut on purpose/],
  ["session", "/sessions/SESSION", /^Down leaf-2/],
  ["devices", "/devices", /^Devices: 2 degraded/],
  ["device", "/devices/leaf-2", /^Degraded leaf-2/],
  ["sources", "/sources", /^All 18 sources answer/],
] as const;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ watched: { demo, app } }) => {
  await demo.control("inject admin-down leaf-1 node-02 CHG-2209 line card swap");
  await demo.control("inject link-down leaf-2 node-03");
  await expect.poll(async () => (await rowOf(app.url)).status, { timeout: 20_000 }).toBe("down");
});

test.afterAll(async ({ watched: { demo } }) => {
  await demo.control("heal all");
});

for (const scheme of ["dark", "light"] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test.describe(`${scheme}, ${width} px`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height } });

      for (const [name, path, title] of SCREENS) {
        test(`${name}: one heading, state in the title, nothing cut off sideways, axe finds nothing`, async ({
          page,
          app,
        }, info) => {
          const { id } = await rowOf(app.url);
          await page.goto(app.url + path.replace("SESSION", encodeURIComponent(id)));
          await live(page);
          await expect(page.locator("h1")).toHaveCount(1);
          await expect(page).toHaveTitle(/ - Peerglass$/);
          await expect(page).toHaveTitle(title);
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

test("colour is never alone: down, shut and up stand in words", async ({ page, app }) => {
  await page.goto(app.url);
  await expect(page.locator("h1")).toContainText(/1 down/);
  await expect(page.locator("h1")).toContainText(/1 shut on purpose/);
  await expect(page.locator("h1")).toContainText(/30 up/);
});

/** The session whose link is down. */
async function rowOf(url: string) {
  const { sessions } = await fabricView(url);
  const found = sessions.find((row) => row.near.device === "node-03" && row.far.device === "leaf-2");
  if (!found) throw new Error("no session of node-03 and leaf-2");
  return found;
}
