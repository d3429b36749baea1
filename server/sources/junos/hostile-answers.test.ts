import fc from "fast-check";
import { expect, test } from "vitest";
import { SourceError } from "../source-error.ts";
import { JUNOS_COMMANDS } from "./read.ts";
import { readJson } from "./read-json.ts";
import { readXml } from "./read-xml.ts";
import { STORY } from "./test-story.ts";

const ANSWERS = [...STORY];

function read(command: string, text: string): unknown {
  try {
    return JUNOS_COMMANDS.get(command)?.(text, "leaf-1");
  } catch (error) {
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message.length).toBeLessThan(700);
    return undefined;
  }
}

test("XML that is cut anywhere, or damaged in a byte, is taken or refused in words", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ANSWERS), fc.nat(), fc.string({ maxLength: 3 }), ([command, text], at, junk) => {
      const place = at % (text.length + 1);
      read(command, text.slice(0, place));
      read(command, text.slice(0, place) + junk + text.slice(place + 1));
    }),
    { numRuns: 1_500 },
  );
});

test("an element of which the text is another is taken or refused in words", () => {
  const odd = fc.oneof(fc.constantFrom("", "-1", "99999999999999999999", "None", "1e9", "::", "\uFFFF"), fc.string());
  fc.assert(
    fc.property(fc.constantFrom(...ANSWERS), fc.nat(), odd, ([command, text], at, words) => {
      let left = at % 30;
      const safe = words.replaceAll(/[<>&]/g, "");
      read(
        command,
        text.replaceAll(/>([^<>]+)</g, (all) => (left-- === 0 ? `>${safe}<` : all)),
      );
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ["an entity that is not one of the five", "<a>&b;</a>"],
  ["a depth beyond 64", `${"<a>".repeat(200)}${"</a>".repeat(200)}`],
  ["no element", "  "],
  ["an element that is not closed", "<a><b></a>"],
])("XML with %s is refused", (_what, text) => {
  expect(() => readXml(text)).toThrow(SyntaxError);
});

test("the five entities, CDATA and a byte order mark are read; prefixes are left away", () => {
  const root = readXml('\uFEFF<?xml version="1.0"?><j:a j:seconds="5">&lt;&gt;&amp;&quot;&apos;<![CDATA[<x>]]></j:a>');
  expect(root.children[0]).toMatchObject({ name: "a", text: "<>&\"'<x>" });
  expect(root.children[0]?.attributes.get("seconds")).toBe("5");
});

test("JSON with a comma too many is mended, but not inside of texts; entities in it are decoded", () => {
  const root = readJson('{"a":[{"attributes":{"x:y":"1"},"b":[{"data":"1,]&gt;"},],}]}');
  expect(root.children[0]?.children[0]?.text).toBe("1,]>");
  expect(root.children[0]?.attributes.get("y")).toBe("1");
  expect(() => readJson('{"a":[}')).toThrow(SyntaxError);
});

test("JSON and XML of one answer are one tree, flags and compact values too", () => {
  const xml = readXml("<a><b>1</b><c/><b>2</b></a>");
  expect(readJson('{"a":[{"b":[{"data":"1"}],"c":[{"data":[null]}]}]}').children[0]?.children.slice(0, 2)).toEqual(
    xml.children[0]?.children.slice(0, 2),
  );
  expect(readJson('{"a":{"b":"1","c":""}}').children[0]?.children).toEqual(xml.children[0]?.children.slice(0, 2));
});
