'use client'

import { type ComponentProps, type MouseEvent, useId } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.tsx'
import { Spinner } from './spinner.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  isWide?: boolean
  /** Keeps the width, shows that something is going on and swallows further presses. */
  isLoading?: boolean
  /** What a screen reader hears while loading. */
  loadingLabel?: string
  /** A button that cannot be pressed says why. It stays in the tab order so that the reason can be heard. */
  disabledReason?: string
  /** False when the reason is already visible beside the button. */
  showsReason?: boolean
}

export function Button({
  variant,
  size,
  isWide,
  isLoading = false,
  loadingLabel = 'Please wait',
  disabledReason,
  showsReason = true,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const isBlocked = isLoading || disabledReason !== undefined
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBlocked) event.preventDefault()
    else onClick?.(event)
  }
  const described = [rest['aria-describedby'], disabledReason ? reasonId : undefined]
    .filter(Boolean)
    .join(' ')
  const button = (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-disabled={disabledReason !== undefined || undefined}
      aria-busy={isLoading || undefined}
      aria-describedby={described || undefined}
      className={buttonClass({ variant, size, isWide, className })}
    >
      {isLoading ? (
        <span className="grid *:col-start-1 *:row-start-1">
          <span className="invisible inline-flex items-center justify-center gap-2" aria-hidden="true">
            {children}
          </span>
          <span className="flex items-center justify-center">
            <Spinner />
            <span className="sr-only">{loadingLabel}</span>
          </span>
        </span>
      ) : (
        children
      )}
    </button>
  )
  if (disabledReason === undefined) return button
  return (
    <span className={isWide ? 'block w-full' : 'inline-block'}>
      {button}
      <span id={reasonId} className={showsReason ? 'mt-2 block text-ink-soft text-sm' : 'sr-only'}>
        {disabledReason}
      </span>
    </span>
  )
}
