import { cx } from '@souk/ui/class-names'

/** A dab of colour beside its name. The edge keeps a white one visible on white. */
export function Swatch({ hex, className }: { hex: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('inline-block size-4 shrink-0 rounded-full border border-edge', className)}
      style={{ backgroundColor: hex }}
    />
  )
}
