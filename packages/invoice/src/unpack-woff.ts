import { inflateSync } from 'node:zlib'

const woffHeader = 44
const woffEntry = 20
const sfntHeader = 12
const sfntEntry = 16

/**
 * The plain font inside a WOFF file. The PDF library would unpack its tables again for every document, in
 * JavaScript; done once by zlib, a document costs half.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = woffHeader + index * woffEntry
    const packed = woff.subarray(
      woff.readUInt32BE(at + 4),
      woff.readUInt32BE(at + 4) + woff.readUInt32BE(at + 8),
    )
    const length = woff.readUInt32BE(at + 12)
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.subarray(at + 16, at + 20),
      bytes: packed.length === length ? packed : inflateSync(packed),
    }
  })
  const padded = (length: number) => Math.ceil(length / 4) * 4
  const head = sfntHeader + count * sfntEntry
  const font = Buffer.alloc(head + tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 0))
  const power = Math.floor(Math.log2(count))
  woff.copy(font, 0, 4, 8)
  font.writeUInt16BE(count, 4)
  font.writeUInt16BE(2 ** power * 16, 6)
  font.writeUInt16BE(power, 8)
  font.writeUInt16BE(count * 16 - 2 ** power * 16, 10)
  let offset = head
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const at = sfntHeader + index * sfntEntry
    tag.copy(font, at)
    checksum.copy(font, at + 4)
    font.writeUInt32BE(offset, at + 8)
    font.writeUInt32BE(bytes.length, at + 12)
    bytes.copy(font, offset)
    offset += padded(bytes.length)
  }
  return font
}
