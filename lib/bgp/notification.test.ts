import { expect, test } from "vitest";
import { notificationName, parseNotificationHex, parseNotificationWords } from "./notification.ts";

test.each([
  [4, 0, "Hold Timer Expired"],
  [6, 2, "Cease / Administrative Shutdown"],
  [2, 2, "OPEN Message Error / Bad Peer AS"],
  [6, 99, "Cease / subcode 99"],
  [77, 0, "code 77"],
])("%d/%d is %s", (code, subcode, name) => {
  expect(notificationName({ code, subcode })).toBe(name);
});

test.each([
  ["Cease/Administrative Shutdown", 6, 2],
  ["OPEN Message Error/Bad Peer AS", 2, 2],
  ["Hold Timer Expired", 4, 0],
  ["Hold timer expired", 4, 0],
  ["Maximum number of prefixes reached", 6, 1],
  ["Cease/BFD Down", 6, 10],
  ["Cease/Other Configuration Change", 6, 6],
  ["Bad peer AS", 2, 2],
])("the words %s name %d/%d, whoever wrote them", (words, code, subcode) => {
  expect(parseNotificationWords(words)).toEqual({ code, subcode });
});

test("words that name no NOTIFICATION are not forced into one", () => {
  for (const words of ["", "Peer closed the session", "Socket: Connection refused", "Waiting for NHT"]) {
    expect(parseNotificationWords(words)).toBeUndefined();
  }
});

test("FRR's hex holds code and subcode; 0000 is none", () => {
  expect(parseNotificationHex("0601")).toEqual({ code: 6, subcode: 1 });
  expect(parseNotificationHex("060A")).toEqual({ code: 6, subcode: 10 });
  expect(parseNotificationHex("0000")).toBeUndefined();
  expect(parseNotificationHex("601")).toBeUndefined();
});
