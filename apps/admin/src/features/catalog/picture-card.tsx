'use client'

import type { Colour } from '@souk/product/contract'
import { cx } from '@souk/ui/class-names'
import { FieldError } from '@souk/ui/field'
import { IconButton } from '@souk/ui/icon-button'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { pictureUrl } from '../../picture-url.ts'
import type { Picture, Pictures } from './use-pictures.ts'

export function PictureCard({
  picture,
  place,
  count,
  colours,
  movedKey,
  pictures,
}: {
  picture: Picture
  place: number
  count: number
  colours: readonly Colour[]
  movedKey: string
  pictures: Pictures
}) {
  const [isTarget, setIsTarget] = useState(false)
  const name = `picture ${place + 1}`
  const isMoving = (event: DragEvent) => event.dataTransfer.types.includes(movedKey)
  return (
    <li
      draggable
      onDragStart={(event) => event.dataTransfer.setData(movedKey, picture.key)}
      onDragOver={(event) => {
        if (!isMoving(event)) return
        event.preventDefault()
        setIsTarget(true)
      }}
      onDragLeave={() => setIsTarget(false)}
      onDrop={(event) => {
        setIsTarget(false)
        if (!isMoving(event)) return
        event.preventDefault()
        pictures.move(event.dataTransfer.getData(movedKey), place)
      }}
      className={cx('flex min-w-0 flex-col gap-2', isTarget && 'outline-2 outline-accent outline-offset-4')}
    >
      <Preview picture={picture} />
      <div className="-mx-1 flex items-center">
        <IconButton
          icon={ArrowLeft}
          label={`Move ${name} earlier`}
          className="size-9"
          disabled={place === 0}
          onClick={() => pictures.move(picture.key, place - 1)}
        />
        <IconButton
          icon={ArrowRight}
          label={`Move ${name} later`}
          className="size-9"
          disabled={place === count - 1}
          onClick={() => pictures.move(picture.key, place + 1)}
        />
        <span className="flex-1 text-center text-dense text-ink-soft">
          {place === 0 ? 'Main' : place + 1}
        </span>
        <IconButton
          icon={Trash2}
          label={`Remove ${name}`}
          className="size-9"
          onClick={() => pictures.remove(picture.key)}
        />
      </div>
      {picture.error && <FieldError>{picture.error}</FieldError>}
      <TextField
        label="Shows"
        isOptional
        autoComplete="off"
        maxLength={200}
        value={picture.alt}
        onChange={(event) => pictures.change(picture.key, { alt: event.target.value })}
        placeholder="In words, for those who cannot see it"
      />
      {colours.length > 0 && (
        <SelectField
          label="Colour"
          isOptional
          placeholder="All colours"
          options={colours.map(({ slug, name: label }) => ({ value: slug, label }))}
          value={picture.colour ?? ''}
          onChange={(event) => pictures.change(picture.key, { colour: event.target.value || null })}
        />
      )}
    </li>
  )
}

function Preview({ picture }: { picture: Picture }) {
  return (
    <div className="relative aspect-square bg-tile">
      {/* biome-ignore lint/performance/noImgElement: a local preview, or a ready size of the media route */}
      <img
        src={pictureUrl(picture.url, 320)}
        alt={picture.alt}
        draggable={false}
        className="photograph size-full object-contain"
      />
      {picture.progress !== undefined && (
        <progress
          aria-label="Sending"
          max={1}
          value={picture.progress}
          className="absolute inset-x-0 bottom-0 h-1.5 w-full accent-accent"
        />
      )}
      {picture.file && !picture.id && picture.progress === undefined && (
        <span className="absolute top-1.5 left-1.5 rounded-control bg-raised px-1.5 text-dense">New</span>
      )}
    </div>
  )
}
