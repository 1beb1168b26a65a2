import { cx } from '@souk/ui/class-names'
import { Icon } from '@souk/ui/icon'
import { ImageOff } from 'lucide-react'
import { pictureUrl } from '../picture-url.ts'

/** A small photograph on its own backdrop, or a mark where there is none. Size it with classes. */
export function Picture({
  url,
  alt,
  className,
}: {
  url: string | null | undefined
  alt: string
  className: string
}) {
  if (!url) {
    return (
      <span className={cx('grid shrink-0 place-items-center bg-surface text-ink-soft', className)}>
        <Icon icon={ImageOff} size={18} />
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: the media route serves ready sizes; nothing is left to optimise
    <img
      src={pictureUrl(url, 160)}
      srcSet={`${pictureUrl(url, 160)} 1x, ${pictureUrl(url, 320)} 2x`}
      alt={alt}
      loading="lazy"
      decoding="async"
      className={cx('photograph shrink-0 bg-tile object-contain', className)}
    />
  )
}
