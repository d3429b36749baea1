/** A name as it stood before it was put into a path. What is no such coding is taken as it stands. */
export function nameInPath(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
