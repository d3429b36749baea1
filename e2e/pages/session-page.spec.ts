import { startOwnBird } from "./own-bird.ts";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

test("a session's page tells both ends, the ground of its verdict and the devices' own words, and follows", async ({
  page,
  app,
  demo,
}) => {
  const { sessions } = await fabricView(app.url);
  const { id } = sessions.find((row) => row.near.device === "node-04" && row.far.device === "leaf-1") ?? { id: "" };
  await page.goto(`${app.url}/sessions/${encodeURIComponent(id)}`);
  await live(page);
  await expect(page.locator("h1")).toContainText(/(Up|Back up) leaf-1 ↔ node-04/);
  await expect(page.getByText("Established").first()).toBeVisible();
  await expect(page.getByText(/Neighbor address:/).first()).toBeVisible();
  await demo.control("inject admin-down leaf-1 node-04 CHG-77 swap");
  await expect(page.locator("h1")).toContainText("Shut on purpose leaf-1 ↔ node-04", { timeout: 15_000 });
  await expect(page.getByText(/CHG-77 swap/).first()).toBeVisible();
  await demo.control("heal all");
  await expect(page.locator("h1")).toContainText(/(Up|Back up) leaf-1/, { timeout: 40_000 });
});

test("a session that vanished says what it was, and where the others are", async ({ page }) => {
  const kept = { address: "10.0.2.1", asn: 65_102 };
  const own = await startOwnBird("r1", [{ address: "10.0.1.1", asn: 65_546 }, kept]);
  try {
    await expect.poll(async () => (await own.sessions()).length, { timeout: 15_000 }).toBe(2);
    const gone = (await own.sessions()).find(({ id }) => id.includes("10.0.1.1"));
    await page.goto(`${own.url}/sessions/${encodeURIComponent(gone?.id ?? "")}`);
    await live(page);
    await expect(page.locator("h1")).toContainText("node-1");
    own.tell([kept]);
    await expect(page.locator("h1")).toContainText("No such session now", { timeout: 20_000 });
    await expect(page.locator("h1")).toContainText("node-1");
    await expect(page).toHaveTitle(/^Gone: /);
    await expect(page.locator("main")).toContainText(/It was (down|degraded|unknown|up)/);
    await page.getByRole("link", { name: "All sessions" }).click();
    await expect(page.getByText("1 of 1 session shown")).toBeVisible();
  } finally {
    await own.stop();
  }
});

test("either side's own answer stands under the verdict", async ({ page, app }) => {
  const row = (await (await fabricView(app.url)).sessions).find(
    ({ near, far }) => near.device === "node-04" && far.device === "leaf-1",
  );
  await page.goto(`${app.url}/sessions/${encodeURIComponent(row?.id ?? "")}`);
  await live(page);
  const tabs = page.getByRole("tablist", { name: "Evidence" }).getByRole("tab");
  await expect(tabs.filter({ hasText: "leaf-1" }).first()).toBeVisible();
  await tabs.filter({ hasText: "leaf-1" }).first().click();
  await expect(page.getByRole("tabpanel")).toContainText(row?.near.address ?? "nothing");
  await tabs.filter({ hasText: "node-04" }).filter({ hasText: "protocols" }).first().click();
  await expect(page.getByRole("tabpanel")).toContainText(`Neighbor address: ${row?.far.address}`);
  await expect(page).toHaveURL(/evidence=/);
});
