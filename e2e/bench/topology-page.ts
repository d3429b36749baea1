import type { BenchFabric } from "./topology-fabric.ts";

declare global {
  interface Window {
    /** Frames drawn since the last call, and for how long. */
    benchFrames(): { frames: number; ms: number };
    /** Call before the delta is sent. */
    benchArm(): void;
    /** From the arrival of that delta in the browser to the frame after it was painted; ms. */
    benchChange(): Promise<number>;
    /** A few links of the bare graph change, as they do in a live one. */
    bareStir(): void;
    /** The same for the bare graph: from the change of 1,000 classes. */
    bareChange(): Promise<number>;
  }
}

/** Runs in the page before anything else: counts frames in which a canvas changed, and takes the time of deltas. */
export function watchPage(): void {
  let drawn = false;
  let frames = 0;
  let since = performance.now();
  const canvas = CanvasRenderingContext2D.prototype;
  for (const name of ["drawImage", "fillRect", "fill", "stroke", "clearRect"] as const) {
    const original = canvas[name] as (...parts: unknown[]) => void;
    Object.defineProperty(canvas, name, {
      value(this: CanvasRenderingContext2D, ...parts: unknown[]) {
        // What is drawn aside, into textures, is no frame that anyone sees.
        if (this.canvas.isConnected) drawn = true;
        return original.apply(this, parts);
      },
    });
  }
  const count = () => {
    if (drawn) frames += 1;
    drawn = false;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  window.benchFrames = () => {
    const now = performance.now();
    const told = { frames, ms: now - since };
    frames = 0;
    since = now;
    return told;
  };

  let arrivedAt = Number.NaN;
  const Original = window.EventSource;
  window.EventSource = class extends Original {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      this.addEventListener("delta", () => {
        arrivedAt = performance.now();
      });
    }
  };
  let change: Promise<number> | undefined;
  window.benchArm = () => {
    arrivedAt = Number.NaN;
    change = new Promise((give) => {
      const observer = new PerformanceObserver((list) => {
        const patched = list
          .getEntries()
          .some((mark) => mark.name === "peerglass:topology-patched" && mark.startTime > arrivedAt);
        if (!patched) return;
        observer.disconnect();
        const from = arrivedAt;
        requestAnimationFrame(() => give(performance.now() - from));
      });
      observer.observe({ type: "mark" });
    });
  };
  window.benchChange = () => {
    const late = new Promise<number>((_, fail) =>
      setTimeout(() => fail(new Error("no change was painted in 10 s")), 10_000),
    );
    return Promise.race([change ?? late, late]);
  };
}

/** The same devices and links, on a plain grid, in cytoscape with nothing set: its renderer, its style, its options. */
export function bareGraphPage({ devices, edges }: BenchFabric): string {
  const columns = Math.ceil(Math.sqrt(devices.length * 1.6));
  const elements = [
    ...devices.map((id, at) => ({
      data: { id },
      position: { x: (at % columns) * 60, y: Math.floor(at / columns) * 60 },
    })),
    ...edges.map(([source, target], at) => ({ data: { id: `e${at}`, source, target } })),
  ];
  return `<!doctype html><meta charset="utf-8"><title>bare</title>
<style>html,body,#cy{margin:0;width:100%;height:100%}</style><div id="cy"></div><script src="/cytoscape.js"></script>
<script>
const elements = ${JSON.stringify(elements)};
const from = performance.now();
const cy = cytoscape({ container: document.getElementById("cy"), elements, layout: { name: "preset" } });
cy.style().selector(".down").style({ "line-color": "red" }).update();
cy.one("render", () => performance.measure("bare:painted", { start: from, end: performance.now() }));
const some = cy.edges().filter((edge, at) => at % 10 === 3).slice(0, 1000);
const few = some.slice(0, 20);
window.bareStir = () => cy.batch(() => few.toggleClass("down"));
window.bareChange = () => new Promise((give) => {
  const at = performance.now();
  cy.one("render", () => requestAnimationFrame(() => give(performance.now() - at)));
  cy.batch(() => some.toggleClass("down"));
});
</script>`;
}
