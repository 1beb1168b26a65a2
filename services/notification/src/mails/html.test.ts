import { describe, expect, it } from 'vitest'
import { html, oneLine } from './html.ts'
import { firstName, subjectLine } from './mail.ts'

describe('the html template', () => {
  it('escapes values in text and in attributes, once', () => {
    expect(html`<a href="${'x" onclick="y'}">${"<b>&'"}</a>`.html).toBe(
      '<a href="x&quot; onclick=&quot;y">&lt;b&gt;&amp;&#39;</a>',
    )
  })

  it('takes other templates and lists of them as they are', () => {
    const items = ['<1>', '<2>'].map((item) => html`<li>${item}</li>`)
    expect(html`<ul>${items}</ul>${html`<hr>`}${7}`.html).toBe(
      '<ul><li>&lt;1&gt;</li><li>&lt;2&gt;</li></ul><hr>7',
    )
  })
})

describe('one line', () => {
  it.each([
    ['a\r\nBcc: b', 'a Bcc: b'],
    ['  a \t\u0000 b\u2028c ', 'a b c'],
    ['', ''],
  ])('of %j is %j', (text, line) => expect(oneLine(text)).toBe(line))
})

describe('a subject', () => {
  it('is one line of bearable length, cut between characters', () => {
    const subject = subjectLine(`x\r\n${'😀'.repeat(400)}`)
    expect([...subject].length).toBeLessThanOrEqual(150)
    expect(subject.isWellFormed()).toBe(true)
    expect(subject).not.toMatch(/[\r\n]/)
  })
})

describe('a first name', () => {
  it.each([
    ['Mira Sorel', 'Mira'],
    ['  Zoë ', 'Zoë'],
    ['Jean-Luc Picard', 'Jean-Luc'],
    ["D'Arcy", "D'Arcy"],
    ['महेश कुमार', 'महेश'],
    ['محمد', 'محمد'],
    ['evil.example', undefined],
    ['http://evil.example', undefined],
    ['x@y.example', undefined],
    ['1000€', undefined],
    ['A'.repeat(31), undefined],
    ['', undefined],
  ])('of %j is %j', (name, first) => expect(firstName(name)).toBe(first))
})
