import { defineConfig } from "@playwright/test";

/** Pages of the real program in Debian's Chromium, watching the demo fabric. `next build` must have run. */
export default defineConfig({
  testDir: "./pages",
  outputDir: "../test-results",
  // Two cores: one worker, and the program beside it.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    timezoneId: "Europe/Berlin",
  },
});
