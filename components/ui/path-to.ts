/** `/devices/leaf-1`: a name from outside as one part of a path. Half a surrogate pair would make the encoder throw. */
export function pathTo(place: string, name: string): string {
  return `/${place}/${encodeURIComponent(name.toWellFormed())}`;
}

/** `/sources?q=leaf-1` */
export function filterOf(place: string, filter: string): string {
  return `/${place}?q=${encodeURIComponent(filter.toWellFormed())}`;
}
