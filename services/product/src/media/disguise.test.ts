import { describe, expect, it } from 'vitest'
import { isDisguised } from './disguise.ts'

const jpegStart = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
const noise = Buffer.alloc(4000, 0x5a)
const after = (tail: string | Buffer) => Buffer.concat([jpegStart, noise, Buffer.from(tail)])

describe('a picture that is something else as well', () => {
  it.each([
    ['a page behind the pixels', after('<HTML><body>')],
    [
      'a script in a comment',
      Buffer.concat([jpegStart, Buffer.from('*/=1;<script>alert(1)</script>'), noise]),
    ],
    ['a drawing with links', after('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['a program', after('<?php system($_GET[0]) ?>')],
    ['an archive', after('PK\x05\x06'.padEnd(22, '\0'))],
    ['a document', Buffer.concat([jpegStart, Buffer.from('%PDF-1.7'), noise])],
  ])('is found: %s', (_what, bytes) => {
    expect(isDisguised(bytes)).toBe(true)
  })

  it('is not seen in a plain one, nor in the name of an archive’s entry far from its end', () => {
    expect(isDisguised(after(''))).toBe(false)
    expect(isDisguised(after('<x:xmpmeta xmlns:x="adobe:ns:meta/">'))).toBe(false)
    expect(isDisguised(Buffer.concat([jpegStart, Buffer.from('PK\x05\x06'), Buffer.alloc(80_000)]))).toBe(
      false,
    )
  })
})
