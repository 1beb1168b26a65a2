/** The same picture in another width: `/media/<id>/<width>.webp`. An address of another kind stays as it is. */
export function pictureUrl(url: string, width: 160 | 320 | 480): string {
  return url.replace(/(\/media\/[^/]+\/)\d+(\.webp)$/, `$1${width}$2`)
}
