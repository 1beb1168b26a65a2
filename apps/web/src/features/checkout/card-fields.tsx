'use client'

import { Alert } from '@souk/ui/alert'
import { Button } from '@souk/ui/button'
import { Loading, Skeleton } from '@souk/ui/skeleton'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { readCardMessage } from './card-messages.ts'

export type CardFieldsHandle = {
  /** A token for the card, or nothing when the fields show what is wrong with it. */
  tokenize: () => Promise<string | undefined>
}
type Waiting = { id: string; answer: (token: string | undefined) => void }

const answerWithinMs = 20_000
const readyWithinMs = 12_000

/** The provider's own fields in a frame: a card number never touches this page. */
export function CardFields({
  url,
  onSubmit,
  onAgain,
  ref,
}: {
  url: string
  onSubmit: () => void
  /** Asks for fresh fields after these did not come. */
  onAgain: () => void
  ref: Ref<CardFieldsHandle>
}) {
  const frame = useRef<HTMLIFrameElement>(null)
  const waiting = useRef<Waiting>(undefined)
  const [height, setHeight] = useState<number>()
  const [isLate, setIsLate] = useState(false)
  const [source, setSource] = useState<string>()
  const providerOrigin = new URL(url).origin

  useEffect(() => {
    const shown = new URL('/fields', url)
    shown.searchParams.set('origin', location.origin)
    shown.searchParams.set('theme', currentTheme())
    setSource(shown.href)
    const timer = setTimeout(() => setIsLate(true), readyWithinMs)
    return () => clearTimeout(timer)
  }, [url])

  useEffect(() => {
    function hear(event: MessageEvent): void {
      if (event.source !== frame.current?.contentWindow) return
      const message = readCardMessage(event, providerOrigin)
      if (message?.type === 'souk.fields.ready' || message?.type === 'souk.fields.resize')
        setHeight(message.height)
      if (message?.type === 'souk.fields.submit') onSubmit()
      if (message?.type !== 'souk.fields.token' && message?.type !== 'souk.fields.invalid') return
      if (message.id !== waiting.current?.id) return
      waiting.current.answer(message.type === 'souk.fields.token' ? message.token : undefined)
      waiting.current = undefined
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [providerOrigin, onSubmit])

  useImperativeHandle(ref, () => ({
    tokenize: () =>
      new Promise((resolve, reject) => {
        const id = `${Date.now()}`
        const timer = setTimeout(() => reject(new Error('The card fields did not answer')), answerWithinMs)
        waiting.current = {
          id,
          answer: (token) => {
            clearTimeout(timer)
            resolve(token)
          },
        }
        frame.current?.contentWindow?.postMessage({ type: 'souk.fields.tokenize', id }, providerOrigin)
      }),
  }))

  const isReady = height !== undefined
  return (
    <div className="min-h-44">
      {!isReady && isLate && (
        <Alert
          tone="warning"
          title="The card fields are not loading"
          actions={
            <Button variant="secondary" onClick={onAgain}>
              Try again
            </Button>
          }
        >
          The payment provider cannot be reached. Nothing was charged. You can also choose another way to pay.
        </Alert>
      )}
      {!isReady && !isLate && <CardSkeleton />}
      {source && (
        <iframe
          ref={frame}
          src={source}
          title="Card details"
          allow="payment"
          style={{ height: height ?? 0 }}
          className="block w-full bg-transparent"
        />
      )}
    </div>
  )
}

export function CardSkeleton() {
  return (
    <Loading label="Loading the card fields" className="space-y-4">
      <Skeleton className="h-11" />
      <div className="grid grid-cols-2 gap-4">
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
      </div>
    </Loading>
  )
}

function currentTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
