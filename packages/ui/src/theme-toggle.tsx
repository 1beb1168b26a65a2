'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from './class-names.tsx'
import { Icon } from './icon.tsx'
import { applyTheme, readTheme, type Theme, themes } from './theme.tsx'

const looks = {
  system: { icon: Monitor, label: 'As the device' },
  light: { icon: Sun, label: 'Light' },
  dark: { icon: Moon, label: 'Dark' },
} as const

/** Three choices, named; `system` follows the device. */
export function ThemeToggle({ className }: { className?: string }) {
  const [theme, setTheme] = useState<Theme>('system')
  useEffect(() => setTheme(readTheme()), [])
  return (
    <fieldset className={cx('inline-flex rounded-control border border-line', className)}>
      <legend className="sr-only">Colours</legend>
      {themes.map((value) => (
        <label
          key={value}
          title={looks[value].label}
          className="relative grid size-11 place-items-center text-ink-soft has-checked:bg-surface has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name="souk-theme"
            value={value}
            checked={theme === value}
            onChange={() => {
              setTheme(value)
              applyTheme(value)
            }}
            className="absolute inset-0 m-0 cursor-pointer opacity-0"
          />
          <Icon icon={looks[value].icon} size={18} label={looks[value].label} />
        </label>
      ))}
    </fieldset>
  )
}
