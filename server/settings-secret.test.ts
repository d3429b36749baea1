import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readSecret } from "./settings.ts";

const directory = mkdtempSync(join(tmpdir(), "peerglass-secrets-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("credentials", () => {
  const secret = (name: string, text: string, mode: number) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  test("one newline at the end of a file is not part of the credential, a second one is", () => {
    expect(readSecret({ file: secret("one", "s3cret\n", 0o600) }).reveal()).toBe("s3cret");
    expect(readSecret({ file: secret("crlf", "s3cret\r\n", 0o600) }).reveal()).toBe("s3cret");
    expect(readSecret({ file: secret("two", " s3cret\n\n", 0o640) }).reveal()).toBe(" s3cret\n");
  });

  test("a file that every user may open is refused, with the command that mends it", () => {
    const path = secret("open", "s3cret\n", 0o604);

    expect(() => readSecret({ file: path })).toThrow(`chmod o= ${path}`);
    symlinkSync(path, join(directory, "link"));
    expect(() => readSecret({ file: join(directory, "link") })).toThrow(/every user/);
  });

  test("what is missing, empty or no file is refused", () => {
    mkdirSync(join(directory, "folder"), { mode: 0o700 });

    expect(() => readSecret({ file: join(directory, "none") })).toThrow(/does not exist/);
    expect(() => readSecret({ file: join(directory, "folder") })).toThrow(/not a regular file/);
    expect(() => readSecret({ file: secret("empty", "\n", 0o600) })).toThrow(/is empty/);
    expect(() => readSecret({ env: "NOT_SET" }, {})).toThrow(/NOT_SET.*not set/);
    expect(() => readSecret({ env: "EMPTY" }, { EMPTY: "" })).toThrow(/EMPTY.*empty/);
  });

  test("a variable gives the credential as it stands", () => {
    expect(readSecret({ env: "PASS" }, { PASS: "s3cret\n" }).reveal()).toBe("s3cret\n");
  });
});
