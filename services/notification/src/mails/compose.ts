import type { Block } from './blocks.ts'
import { html, oneLine } from './html.ts'
import { type Links, type Mail, subjectLine } from './mail.ts'
import { light, sans, serif, stylesheet } from './theme.ts'

type Parts = {
  subject: string
  /** What a list of mails shows beside the subject. */
  preheader: string
  /** Right of the name of the shop, such as the order's number. */
  aside?: string
  blocks: readonly Block[]
  /** Why somebody gets this mail. */
  because: string
}

/** One mail of the house: HTML in tables with its styles inline, and the same in plain text. */
export function compose(parts: Parts, links: Links): Mail {
  return { subject: subjectLine(parts.subject), html: page(parts, links), text: plain(parts, links) }
}

function plain({ blocks, because }: Parts, links: Links): string {
  return `${[...blocks.map((block) => block.text), '-- ', because, `Souk · ${links.shop}`].join('\n\n')}\n`
}

function page(parts: Parts, links: Links): string {
  const { preheader, aside = '', blocks, because } = parts
  const soft = `font-family:${sans};font-size:14px;line-height:21px;color:${light('ink-soft')}`
  const body = html`<!doctype html>
<html lang="en"><head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${subjectLine(parts.subject)}</title>
<style>${{ html: stylesheet }}</style>
</head>
<body class="b-paper" style="margin:0;padding:0;background-color:${light('paper')};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${oneLine(preheader)}${{ html: '&#847;&zwnj;&nbsp;'.repeat(60) }}</div>
<table role="presentation" class="b-paper" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light('paper')}"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px">
<tr><td class="gutter" style="padding:28px 40px 0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td valign="middle" style="padding-bottom:18px">${wordmark(links)}</td>
<td class="t-ink-soft" valign="middle" align="right" style="padding-bottom:18px;${soft};font-variant-numeric:tabular-nums">${oneLine(aside)}</td>
</tr></table></td></tr>
<tr><td class="gutter" style="padding:0 40px"><div class="l-line" style="border-top:1px solid ${light('line')};font-size:0;line-height:0">&nbsp;</div></td></tr>
<tr><td class="gutter" style="padding:36px 40px 44px">
${blocks.map((block) => block.html)}
</td></tr>
<tr><td class="gutter" style="padding:0 40px 48px"><div class="l-line" style="border-top:1px solid ${light('line')};padding-top:20px">
<p class="t-ink-soft" style="margin:0;${soft}">${because}</p>
<p class="t-ink-soft" style="margin:8px 0 0;${soft}"><a class="t-ink-soft" href="${links.shop}" style="color:${light('ink-soft')};text-decoration:underline">Go to the shop</a></p>
</div></td></tr>
</table></td></tr></table>
</body></html>`
  return body.html
}

/** The arch of a market gate, drawn with two cells because mail programs strip SVG, and the name. */
function wordmark(links: Links) {
  const gate = `width:20px;height:23px;background-color:${light('accent')};border-radius:10px 10px 0 0;vertical-align:bottom;font-size:0;line-height:0`
  const way = `width:8px;height:14px;margin:0 auto;background-color:${light('paper')};border-radius:4px 4px 0 0;font-size:0;line-height:0`
  const name = `padding-left:10px;font-family:${serif};font-size:27px;line-height:27px;font-weight:500;letter-spacing:-0.03em`
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="b-accent" valign="bottom" width="20" height="23" style="${gate}"><div class="b-paper" style="${way}">&nbsp;</div></td><td style="${name}"><a class="t-ink" href="${links.shop}" style="color:${light('ink')};text-decoration:none">Souk</a></td></tr></table>`
}
