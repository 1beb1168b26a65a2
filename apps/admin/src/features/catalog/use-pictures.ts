'use client'

import { newId } from '@souk/kernel/id'
import type { Image, Product } from '@souk/product/contract'
import { maxUploadBytes } from '@souk/product/contract'
import { useEffect, useRef, useState } from 'react'

export type Picture = {
  key: string
  alt: string
  /** The slug of the colour it shows. */
  colour: string | null
  url: string
  /** The file that still has to be sent; nothing for a picture the shop has. */
  file?: File
  /** The shop's id of it, once it has one. */
  id?: string
  /** From 0 to 1 while it is sent. */
  progress?: number
  error?: string
}

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'image/avif']
export const acceptedPictures = accepted.join(',')

function ofImage(image: Image): Picture {
  return { key: image.id, id: image.id, alt: image.alt, colour: image.colour, url: image.url }
}

function isSame(pictures: readonly Picture[], images: readonly Image[]): boolean {
  return (
    pictures.length === images.length &&
    pictures.every((picture, index) => {
      const image = images[index]
      return image?.id === picture.id && image?.alt === picture.alt && image?.colour === picture.colour
    })
  )
}

/** Why a file cannot be a picture of the shop, or nothing when it can. */
function whyNot(file: File): string | undefined {
  if (!accepted.includes(file.type)) return `${file.name} is not a JPEG, PNG, WebP or AVIF picture.`
  if (file.size > maxUploadBytes) return `${file.name} is larger than 10 MB.`
  return file.size === 0 ? `${file.name} is empty.` : undefined
}

/** The pictures as the form shows them. Nothing is sent before the product is saved. */
export function usePictures(product: Product | undefined) {
  const [pictures, setPictures] = useState<Picture[]>(() => (product?.images ?? []).map(ofImage))
  const [refused, setRefused] = useState<string[]>([])
  const previews = useRef(new Set<string>())
  useEffect(() => {
    const made = previews.current
    return () => {
      for (const url of made) URL.revokeObjectURL(url)
    }
  }, [])

  const add = (files: readonly File[]) => {
    setRefused(files.flatMap((file) => whyNot(file) ?? []))
    const fresh = files
      .filter((file) => whyNot(file) === undefined)
      .map((file): Picture => {
        const url = URL.createObjectURL(file)
        previews.current.add(url)
        return { key: newId(), alt: '', colour: null, url, file }
      })
    setPictures((current) => [...current, ...fresh])
  }
  const change = (key: string, next: Partial<Picture>) =>
    setPictures((current) => current.map((one) => (one.key === key ? { ...one, ...next } : one)))
  const remove = (key: string) => setPictures((current) => current.filter((one) => one.key !== key))
  const move = (key: string, to: number) =>
    setPictures((current) => {
      const moving = current.find((one) => one.key === key)
      if (!moving) return current
      return current.filter((one) => one.key !== key).toSpliced(to, 0, moving)
    })
  const reset = (images: readonly Image[]) => setPictures(images.map(ofImage))
  const isDirty = !isSame(pictures, product?.images ?? [])
  return { pictures, refused, isDirty, add, change, remove, move, reset }
}

export type Pictures = ReturnType<typeof usePictures>
