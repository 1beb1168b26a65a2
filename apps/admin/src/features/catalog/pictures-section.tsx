'use client'

import { Panel } from '@souk/ui/admin-page'
import { Alert } from '@souk/ui/alert'
import { buttonClass } from '@souk/ui/button-class'
import { cx } from '@souk/ui/class-names'
import { type DragEvent, useId, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { PictureCard } from './picture-card.tsx'
import type { ProductValues } from './product-values.ts'
import { acceptedPictures, type Pictures } from './use-pictures.ts'

const movedKey = 'text/x-souk-picture'

/** The pictures in their order; the first stands for the product in lists. */
export function PicturesSection({ pictures }: { pictures: Pictures }) {
  const { control } = useFormContext<ProductValues>()
  const colours = useWatch({ control, name: 'colours' })
  const [isOver, setIsOver] = useState(false)
  const inputId = useId()
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const drop = (event: DragEvent) => {
    setIsOver(false)
    if (!hasFiles(event)) return
    event.preventDefault()
    pictures.add([...event.dataTransfer.files])
  }
  return (
    <Panel title="Pictures">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button */}
      <div
        onDragOver={(event) => {
          if (!hasFiles(event)) return
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false)
        }}
        onDrop={drop}
      >
        {pictures.refused.length > 0 && (
          <Alert tone="error" title="Not added" className="mb-4">
            {pictures.refused.map((reason) => (
              <p key={reason} className="text-sm">
                {reason}
              </p>
            ))}
          </Alert>
        )}
        {pictures.pictures.length > 0 && (
          <ol aria-label="Pictures" className="grid grid-cols-2 gap-4 pb-4 sm:grid-cols-3 lg:grid-cols-4">
            {pictures.pictures.map((picture, index) => (
              <PictureCard
                key={picture.key}
                picture={picture}
                place={index}
                count={pictures.pictures.length}
                colours={colours}
                movedKey={movedKey}
                pictures={pictures}
              />
            ))}
          </ol>
        )}
        <div
          className={cx(
            'flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border border-edge border-dashed px-4 py-4 text-sm transition-colors',
            isOver && 'border-accent bg-accent-soft',
          )}
        >
          <input
            id={inputId}
            type="file"
            accept={acceptedPictures}
            multiple
            className="peer sr-only"
            onChange={(event) => {
              pictures.add([...(event.target.files ?? [])])
              // The same file may be chosen again after it was removed.
              event.target.value = ''
            }}
          />
          <label
            htmlFor={inputId}
            className={buttonClass({
              variant: 'secondary',
              size: 'small',
              className: 'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus',
            })}
          >
            Add pictures
          </label>
          <span className="text-ink-soft">or drop them here. JPEG, PNG, WebP or AVIF, up to 10 MB each.</span>
        </div>
      </div>
    </Panel>
  )
}
