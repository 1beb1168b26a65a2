import { cx } from './class-names.tsx'

/** A block in the final shape of what is coming. Give it its size with classes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={cx('block animate-skeleton rounded-control bg-line', className)} />
  )
}

/** Wraps skeletons so that a screen reader hears one sentence instead of nothing. */
export function Loading({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: React.ReactNode
}) {
  return (
    <div role="status" aria-busy="true" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  )
}
