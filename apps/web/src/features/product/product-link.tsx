'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/** Fetches the whole page once somebody is about to go there, and nothing for the other links of a list. */
export function ProductLink(props: ComponentProps<typeof Link>) {
  const [isMeant, setIsMeant] = useState(false)
  const mean = () => setIsMeant(true)
  return <Link {...props} prefetch={isMeant} onPointerEnter={mean} onTouchStart={mean} onFocus={mean} />
}
