import type { LucideIcon } from 'lucide-react'

type IconProps = { icon: LucideIcon; size?: number; className?: string } & (
  | { label: string }
  | { label?: undefined }
)

/** One stroke for the whole house. Without a label it is decoration and a text must stand beside it. */
export function Icon({ icon: Glyph, size = 20, label, className }: IconProps) {
  const named = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  return (
    <Glyph
      size={size}
      strokeWidth={1.5}
      className={className}
      focusable={false}
      absoluteStrokeWidth
      {...named}
    />
  )
}
