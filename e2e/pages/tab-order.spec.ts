import { ringIsSeen } from "./focus.ts";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height } });
    for (const path of [
      "/",
      "/topology",
      "/topology?as=table",
      "/sessions",
      "/sessions/SESSION",
      "/devices",
      "/devices/leaf-1",
      "/sources",
    ]) {
      test(`Tab comes round on ${path}, each stop in sight`, async ({ page, app }) => {
        const row = (await fabricView(app.url)).sessions[0];
        await page.goto(app.url + path.replace("SESSION", encodeURIComponent(row?.id ?? "")));
        await live(page);
        if (path.includes("SESSION") || path === "/devices/leaf-1")
          await expect(page.getByRole("tablist")).toBeVisible();
        let last: string | undefined;
        let inMain = 0;
        for (let i = 0; i < 250; i++) {
          await page.keyboard.press("Tab");
          const at = await page.evaluate(() => {
            const here = document.activeElement;
            if (!here || here === document.body) return { text: "", main: false, hidden: "" };
            const box = here.getBoundingClientRect();
            const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
            const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1);
            const top = document.elementFromPoint(x, y);
            const inside =
              box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            const seen =
              inside && (here.contains(top) || top?.contains(here) || here.closest("label, search")?.contains(top));
            return {
              text: `${here.outerHTML.slice(0, 200)} ${Math.round(box.x)} ${Math.round(box.y)}`,
              main: here.closest("main") !== null,
              hidden: seen ? "" : `${here.outerHTML.slice(0, 200)} under ${top?.outerHTML.slice(0, 120)}`,
            };
          });
          if (at.text === "" || (i > 0 && at.text.includes("Skip to content"))) {
            expect(inMain, "stops in the page itself").toBeGreaterThan(0);
            return;
          }
          expect(at.text, "a trap: Tab stays").not.toBe(last);
          last = at.text;
          if (at.main) inMain += 1;
          await ringIsSeen(page);
          expect.soft(at.hidden, "covered or out of sight").toBe("");
        }
        throw new Error("250 stops and no end");
      });
    }
  });
}
