/** The same picture at another width: the last part of its address is the width. */
export function atWidth(url: string, width: number): string {
  return url.replace(/\/\d+\.webp$/, `/${width}.webp`)
}
