/** An answer that is a file to be saved. Its name is made by us and safe in a header. */
export class FileAnswer {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer

  constructor(name: string, type: string, bytes: Buffer) {
    this.name = name
    this.type = type
    this.bytes = bytes
  }
}
