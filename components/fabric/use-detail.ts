"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "../trpc/trpc.tsx";

const AT_MOST_EVERY_MS = 1_000;

/** Both ends of one session in full. Asked again when `stamp` changes, at most once a second. */
export function useSessionDetail(id: string, stamp: unknown) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.fabric.session.queryOptions({ id }, { retry: false, placeholderData: (before) => before }),
  );
  useAgain(query.refetch, stamp);
  return query;
}

export function useDeviceDetail(name: string, stamp: unknown) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.fabric.device.queryOptions({ name }, { retry: false, placeholderData: (before) => before }),
  );
  useAgain(query.refetch, stamp);
  return query;
}

function useAgain(refetch: () => unknown, stamp: unknown): void {
  const asked = useRef({ stamp, at: Date.now() });
  useEffect(() => {
    if (asked.current.stamp === stamp) return;
    const wait = Math.max(0, asked.current.at + AT_MOST_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      asked.current = { stamp, at: Date.now() };
      refetch();
    }, wait);
    return () => clearTimeout(timer);
  }, [stamp, refetch]);
}
