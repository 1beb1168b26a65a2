import type { ComponentProps, ElementType } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.tsx'

type LinkButtonProps = ComponentProps<'a'> & {
  href: string
  variant?: ButtonVariant
  size?: ButtonSize
  isWide?: boolean
  /** The framework's link, such as Next's `Link`. */
  component?: ElementType
}

/** A link that looks like a button, for going somewhere; a `Button` does something. */
export function LinkButton({
  variant,
  size,
  isWide,
  component: Component = 'a',
  className,
  ...rest
}: LinkButtonProps) {
  return <Component {...rest} className={buttonClass({ variant, size, isWide, className })} />
}
