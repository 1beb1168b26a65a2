import { cx } from './class-names.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'large' | 'medium' | 'small'

const variants: Record<ButtonVariant, string> = {
  primary:
    'bg-accent text-on-accent not-aria-disabled:hover:bg-accent-strong not-aria-disabled:active:bg-accent-strong',
  secondary:
    'border border-edge text-ink not-aria-disabled:hover:border-ink not-aria-disabled:active:bg-surface',
  quiet: 'text-ink not-aria-disabled:hover:bg-surface not-aria-disabled:active:bg-line',
  danger: 'border border-danger text-danger not-aria-disabled:hover:bg-danger-soft',
}
const sizes: Record<ButtonSize, string> = {
  large: 'min-h-13 px-6 text-base',
  medium: 'min-h-11 px-5 text-base',
  /** 36 px high for dense places; the touch area stays 44 px. */
  small: 'touch min-h-9 px-3 text-sm',
}

/** The look of a button, for anything that is one: `button`, `a`, a framework's link. */
export function buttonClass(
  options: { variant?: ButtonVariant; size?: ButtonSize; isWide?: boolean; className?: string } = {},
): string {
  return cx(
    'inline-flex select-none items-center justify-center gap-2 rounded-control text-center font-medium no-underline transition-colors',
    'aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-surface aria-disabled:text-ink-soft aria-disabled:border',
    variants[options.variant ?? 'primary'],
    sizes[options.size ?? 'medium'],
    options.isWide && 'w-full',
    options.className,
  )
}
