"use client";

import { Clock as ClockIcon, DoorOpen, Eye, EyeOff, FlaskConical, type LucideIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { useNow } from "../trpc/use-now.ts";
import { instantText, spanText } from "../ui/format-time.ts";
import { plainText } from "../ui/plain-text.ts";
import { NotLiveBanner } from "./not-live-banner.tsx";

const SKEW_MS = 5_000;

/** What must be known about the console itself before anything on the page is believed. */
export function Banners() {
  const { view, line } = useLive();
  const now = useNow();
  const path = usePathname();
  return (
    <section aria-label="About this console" className="flex-none">
      <NotLiveBanner />
      {view?.impaired && (
        <Banner icon={EyeOff} strong="The collector suspects itself.">
          Since {instantText(view.impaired.since, now)}: {plainText(view.impaired.text)}. Until it recovers nothing
          counts as up or down.
        </Banner>
      )}
      {view?.fabric.exposed && (
        <Banner icon={DoorOpen} strong="Open to the network, without sign-in.">
          Whoever reaches this address sees the whole fabric. Listen on 127.0.0.1 to close it.
        </Banner>
      )}
      {Math.abs(line.skewMs) > SKEW_MS && (
        <Banner
          icon={ClockIcon}
          strong={`This computer's clock is ${spanText(Math.abs(line.skewMs))} ${line.skewMs < 0 ? "ahead" : "behind"}.`}
        >
          Times here follow the server's clock.
        </Banner>
      )}
      {view?.fabric.demo && (
        <Banner icon={FlaskConical} strong="Demo fabric:">
          invented devices. Point Peerglass at your own with a <span className="mono">peerglass.yaml</span>.
        </Banner>
      )}
      {view && view.devices.size === 0 && path !== "/" && (
        <Banner icon={Eye} strong="Nothing to watch yet.">
          Name your devices and how to ask them in <span className="mono">peerglass.yaml</span>.
        </Banner>
      )}
    </section>
  );
}

function Banner({ icon: Icon, strong, children }: { icon: LucideIcon; strong: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-start gap-2 border-b border-border bg-raised px-6 py-1.5 max-md:px-4">
      <Icon aria-hidden="true" size={16} strokeWidth={1.5} className="mt-0.5 flex-none text-muted" />
      <p className="said min-w-0">
        <b>{strong}</b> <span className="text-muted">{children}</span>
      </p>
    </div>
  );
}
