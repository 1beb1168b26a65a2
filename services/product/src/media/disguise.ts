const markup = ['<script', '<html', '<!doctype', '<svg', '<?php', '<iframe']
/** Where a zip reader looks for the archive's directory: the last 64 KiB and the record itself. */
const zipTailBytes = 65_557
const zipDirectoryEnd = Buffer.from('PK\x05\x06', 'latin1')

/**
 * Whether a picture is a second kind of file as well: a page, a program or an archive. What we store is
 * drawn anew and carries none of it, but nobody sends such a file by accident.
 */
export function isDisguised(bytes: Buffer): boolean {
  const text = bytes.toString('latin1').toLowerCase()
  if (markup.some((mark) => text.includes(mark))) return true
  if (text.slice(0, 1024).includes('%pdf-')) return true
  return bytes.subarray(-zipTailBytes).includes(zipDirectoryEnd)
}
