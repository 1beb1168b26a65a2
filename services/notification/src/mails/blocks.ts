import { type Html, html, oneLine } from './html.ts'
import { light, sans, serif } from './theme.ts'

/** A piece of a mail in both of its forms, so that neither can lack what the other says. */
export type Block = { html: Html; text: string }

export function title(text: string): Block {
  const style = `margin:0;font-family:${serif};font-size:32px;line-height:38px;font-weight:normal;letter-spacing:-0.015em;color:${light('ink')}`
  return {
    html: html`<h1 class="title t-ink" style="${style}">${text}</h1>`,
    text: `${text}\n${'='.repeat(Math.min(72, [...text].length))}`,
  }
}

export function paragraph(text: string): Block {
  const style = `margin:16px 0 0;font-family:${sans};font-size:16px;line-height:25px;color:${light('ink')}`
  return { html: html`<p class="t-ink" style="${style}">${text}</p>`, text: wrap(text) }
}

/** Something to be typed or copied as it is: on a line of its own, never broken. */
export function code(text: string): Block {
  const style = `margin:20px 0 0;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:18px;line-height:26px;font-weight:600;white-space:nowrap;color:${light('ink')}`
  return { html: html`<p class="t-ink" style="${style}">${text}</p>`, text }
}

export function smallPrint(text: string): Block {
  const style = `margin:20px 0 0;font-family:${sans};font-size:14px;line-height:21px;color:${light('ink-soft')}`
  return { html: html`<p class="t-ink-soft" style="${style}">${text}</p>`, text: wrap(text) }
}

export function heading(text: string): Html {
  const style = `margin:0;padding:36px 0 12px;font-family:${sans};font-size:14px;line-height:20px;font-weight:600;color:${light('ink')}`
  return html`<h2 class="t-ink" style="${style}">${text}</h2>`
}

/** A link that looks like a button where tables are all a mail program understands. */
export function button(label: string, url: string): Block {
  const style = `display:inline-block;padding:14px 24px;font-family:${sans};font-size:16px;line-height:20px;font-weight:600;text-decoration:none;color:${light('on-accent')};border-radius:2px`
  return {
    html: html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 0"><tr><td class="b-accent" bgcolor="${light('accent')}" style="background-color:${light('accent')};border-radius:2px"><a class="t-on-accent" href="${url}" style="${style}">${label}</a></td></tr></table>`,
    text: `${label}:\n${url}`,
  }
}

/** A few facts under a label each, such as carrier and tracking number. */
export function facts(rows: readonly { label: string; value: string }[]): Block {
  const cell = `padding:10px 0;border-top:1px solid ${light('line')};font-family:${sans};font-size:15px;line-height:22px;`
  const lines = rows.map(
    ({ label, value }) =>
      html`<tr><td class="t-ink-soft l-line" style="${cell}color:${light('ink-soft')}">${label}</td><td class="t-ink l-line" align="right" style="${cell}color:${light('ink')};font-variant-numeric:tabular-nums">${value}</td></tr>`,
  )
  return {
    html: html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 0;border-bottom:1px solid ${light('line')}" class="l-line">${lines}</table>`,
    text: rows.map(({ label, value }) => `${label}: ${oneLine(value)}`).join('\n'),
  }
}

/** Breaks text at 72 characters, between words. */
export function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 72) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
