import { readFileSync } from "node:fs";

/** Numbers of tests, read from the JSON reports of the runners. Runs on Node 20. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @returns {Tally} */
export function nothing() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/**
 * A file that could not even be loaded has no tests in the report: it counts as one that failed.
 *
 * @param {string} file
 * @returns {Tally | undefined} nothing when the runner wrote no report
 */
export function vitestTally(file) {
  const report = readJson(file);
  if (!report) return undefined;
  const unloaded = (report.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults?.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloaded.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * A test that passed at its second try is `flaky` there, and passed here.
 *
 * @param {string} file
 * @returns {Tally | undefined}
 */
export function playwrightTally(file) {
  const report = readJson(file);
  if (!report?.stats) return undefined;
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
