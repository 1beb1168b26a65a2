import { cx } from '@souk/ui/class-names'
import { atWidth } from './media-url.ts'

/** A small picture beside a text that names the thing. */
export function Thumbnail({ url, className }: { url: string | null; className?: string }) {
  const look = cx('block aspect-square w-full bg-tile', className)
  if (!url) return <span aria-hidden="true" className={look} />
  return (
    // biome-ignore lint/performance/noImgElement: the media route already serves every width, immutable
    <img
      src={atWidth(url, 160)}
      srcSet={`${atWidth(url, 160)} 160w, ${atWidth(url, 320)} 320w`}
      sizes="104px"
      alt=""
      width={160}
      height={160}
      loading="lazy"
      className={cx(look, 'photograph')}
    />
  )
}
