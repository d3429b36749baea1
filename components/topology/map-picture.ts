import { isoText } from "../ui/format-time.ts";
import type { FieldScene } from "./field-scene.ts";
import { drawSign, paint } from "./paint-field.ts";
import type { Palette } from "./palette.ts";
import type { TopologyStage } from "./stage.ts";
import { MONO, SANS } from "./style.ts";

const PAD = 32;
const HEAD = 76;
const FOOT = 48;
/** Browsers give up beyond about 16 384 px a side. */
const LONGEST = 8_000;

/** The whole map as a picture to send: its title, its time and its legend with it, nothing else of the screen. */
export async function mapPicture(
  stage: TopologyStage,
  field: FieldScene,
  palette: Palette,
  title: string,
): Promise<Blob> {
  const bounds = stage.bounds();
  const scale = Math.min(2, LONGEST / Math.max(bounds.w, bounds.h, 1));
  const image = await createImageBitmap(await stage.picture(scale));

  const canvas = document.createElement("canvas");
  const least = 620 * scale;
  canvas.width = Math.max(least, image.width + 2 * PAD * scale);
  canvas.height = image.height + (HEAD + FOOT) * scale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no canvas to draw the picture on");
  context.fillStyle = palette.canvas;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, PAD * scale, HEAD * scale);

  context.setTransform(scale, 0, 0, scale, (PAD - bounds.x) * scale, (HEAD - bounds.y) * scale);
  paint(context, field, scale, () => true);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  head(context, palette, title);
  legend(context, palette, canvas.height / scale - FOOT / 2);

  return await new Promise((give, fail) => {
    canvas.toBlob(
      (blob) => (blob ? give(blob) : fail(new Error("the browser could not write the picture"))),
      "image/png",
    );
  });
}

/** `fabric-topology-2026-11-25T02:14:07Z.png`, with colons that no file system minds. */
export function pictureName(at: number): string {
  return `fabric-topology-${isoText(at).replaceAll(":", "-")}.png`;
}

function head(context: CanvasRenderingContext2D, palette: Palette, title: string): void {
  const [state = "", time = ""] = title.split("\n");
  context.textBaseline = "alphabetic";
  context.fillStyle = palette.text;
  context.font = `600 20px ${SANS}`;
  context.fillText(state, PAD, 36);
  context.fillStyle = palette.muted;
  context.font = `400 12px ${MONO}`;
  context.fillText(time, PAD, 58);
}

function legend(context: CanvasRenderingContext2D, palette: Palette, y: number): void {
  const colours = {
    down: palette.downMark,
    degraded: palette.degradedMark,
    unknown: palette.unknown,
    "admin-down": palette.admin,
  };
  context.font = `400 12px ${SANS}`;
  context.textBaseline = "middle";
  let x = PAD;
  for (const [status, colour] of Object.entries(colours) as [keyof typeof colours, string][]) {
    context.save();
    context.translate(x, y - 6);
    drawSign(context, status, colour);
    context.restore();
    const words = status === "admin-down" ? "shut on purpose" : status;
    context.fillStyle = palette.muted;
    context.fillText(words, x + 20, y);
    x += 20 + context.measureText(words).width + 24;
  }
}
