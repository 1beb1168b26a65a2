import { type Image, imageWidths } from '@souk/product/contract'
import { cx } from '@souk/ui/class-names'
import { atWidth } from './media-url.ts'

type PhotographProps = {
  image: Image | undefined
  /** How wide it is shown, so that a phone loads a phone's picture. */
  sizes: string
  /** Empty when the text beside it says the same. */
  alt?: string
  /** The first thing to be seen: loaded before everything else. */
  isFirst?: boolean
  className?: string
}

/** Square, uncropped, on the backdrop's own tone, so that its edges vanish into its tile. */
export function Photograph({ image, sizes, alt, isFirst = false, className }: PhotographProps) {
  const tile = cx('block aspect-square w-full bg-tile', className)
  if (!image) return <span aria-hidden="true" className={tile} />
  const widths = imageWidths.filter((width, index) => width <= image.width || index === 0)
  return (
    // biome-ignore lint/performance/noImgElement: the media route already serves every width, immutable
    <img
      src={atWidth(image.url, 480)}
      srcSet={widths.map((width) => `${atWidth(image.url, width)} ${width}w`).join(', ')}
      sizes={sizes}
      alt={alt ?? image.alt}
      width={image.width}
      height={image.height}
      loading={isFirst ? 'eager' : 'lazy'}
      fetchPriority={isFirst ? 'high' : 'auto'}
      decoding={isFirst ? 'sync' : 'async'}
      className={cx(tile, 'photograph object-contain')}
    />
  )
}
