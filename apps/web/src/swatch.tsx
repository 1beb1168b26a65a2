import { cx } from '@souk/ui/class-names'

/** A dab of colour. Decoration: the name stands beside it or in its control's label. */
export function Swatch({
  hex,
  isClear = false,
  className,
}: {
  hex: string
  isClear?: boolean
  className?: string
}) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-block shrink-0 rounded-full ring-1 ring-edge/60 ring-inset',
        className ?? 'size-3.5',
      )}
      style={
        isClear
          ? { background: `linear-gradient(135deg, ${hex} 0 46%, oklch(0.75 0.01 85) 46% 54%, ${hex} 54%)` }
          : { background: hex }
      }
    />
  )
}
