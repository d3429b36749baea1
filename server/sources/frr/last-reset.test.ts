import { describe, expect, test } from "vitest";
import { lastErrorOf } from "./last-reset.ts";

const DOWN = { up: false, hasFamilies: true };
const UP = { up: true, hasFamilies: true };

describe("a NOTIFICATION", () => {
  test("that we sent has its code from the hex digits", () => {
    const reset = {
      lastResetDueTo: "BGP Notification send",
      lastNotificationReason: "OPEN Message Error/Bad Peer AS",
      lastErrorCodeSubcode: "0202",
      lastNotificationHardReset: false,
    };
    expect(lastErrorOf(reset, DOWN)).toEqual({
      direction: "sent",
      notification: { code: 2, subcode: 2 },
      text: "OPEN Message Error/Bad Peer AS",
    });
  });

  test("that we received keeps the operator's text, cleaned of control characters", () => {
    const reset = {
      lastResetDueTo: "BGP Notification received",
      lastNotificationReason: "Cease/Administrative Shutdown",
      lastErrorCodeSubcode: "0602",
      lastNotificationHardReset: true,
      lastShutdownDescription: "rack\u001b[31m 7\r\n",
    };
    expect(lastErrorOf(reset, DOWN)).toEqual({
      direction: "received",
      notification: { code: 6, subcode: 2 },
      text: "Cease/Administrative Shutdown (hard reset)",
      communication: "rack [31m 7",
    });
  });

  test("without digits has its code from the words", () => {
    const reset = { lastResetDueTo: "BGP Notification send", lastNotificationReason: "Hold Timer Expired" };
    expect(lastErrorOf(reset, DOWN)?.notification).toEqual({ code: 4, subcode: 0 });
  });
});

describe("what this end saw by itself", () => {
  test.each(["Peer closed the session", "Interface down", "Waiting for NHT", "BFD down received", "Admin. shutdown"])(
    "%s is local, and names no NOTIFICATION",
    (due) => expect(lastErrorOf({ lastResetDueTo: due }, DOWN)).toEqual({ direction: "local", text: due }),
  );
});

describe("no error", () => {
  test("is what says how far the start of a session has come, once it is up", () => {
    for (const due of ["Waiting for peer OPEN", "Waiting for NHT", "No AFI/SAFI activated for peer"]) {
      expect(lastErrorOf({ lastResetDueTo: due }, UP)).toBeUndefined();
    }
  });

  test("is the word of a neighbor's creation, when families are activated since", () => {
    const reset = { lastResetDueTo: "No AFI/SAFI activated for peer" };
    expect(lastErrorOf(reset, DOWN)).toBeUndefined();
    expect(lastErrorOf(reset, { up: false, hasFamilies: false })?.text).toBe("No AFI/SAFI activated for peer");
  });

  test("is the collision of two connections, once one of them won", () => {
    const reset = { lastResetDueTo: "BGP Notification received", lastErrorCodeSubcode: "0607" };
    expect(lastErrorOf(reset, UP)).toBeUndefined();
    expect(lastErrorOf(reset, DOWN)?.notification).toEqual({ code: 6, subcode: 7 });
  });

  test("is a reset that was never told", () => {
    expect(lastErrorOf({}, DOWN)).toBeUndefined();
  });
});
