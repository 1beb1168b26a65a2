'use client'

import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'

type FormFrameProps = {
  label: string
  submitLabel: string
  isBusy: boolean
  fault: string | undefined
  faultTitle: string
  onSubmit: () => Promise<void>
  children: ReactNode
}

/** The frame of every short form: what went wrong on top, the fields, one button. */
export function FormFrame(props: FormFrameProps) {
  const alert = useRef<HTMLDivElement>(null)
  const { fault } = props
  useEffect(() => {
    if (fault) alert.current?.focus()
  }, [fault])
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!props.isBusy) void props.onSubmit()
  }
  return (
    <form noValidate aria-label={props.label} onSubmit={submit} className="flex flex-col gap-5">
      {fault && (
        <Alert ref={alert} tone="error" title={props.faultTitle}>
          {fault}
        </Alert>
      )}
      {props.children}
      <Button type="submit" isWide isLoading={props.isBusy}>
        {props.submitLabel}
      </Button>
    </form>
  )
}
