/** The house's colours as hex, because mail programs know no OKLCH. By role: light, dark. */
const colours = {
  paper: ['#fcfaf6', '#161310'],
  line: ['#e1ded7', '#36322d'],
  ink: ['#1f1915', '#f1eee9'],
  'ink-soft': ['#5d5751', '#afaaa3'],
  accent: ['#b35713', '#e08e53'],
  'on-accent': ['#fcfaf6', '#161310'],
} as const
type Role = keyof typeof colours

/** The photographs' own backdrop, by night too. */
export const tile = '#d1cbc2'

export const light = (role: Role): string => colours[role][0]

export const serif = "Fraunces,'Iowan Old Style','Palatino Linotype',Palatino,Georgia,'Times New Roman',serif"
export const sans = "'Instrument Sans',-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"

const roles = Object.keys(colours) as Role[]

/** Mail programs that know media queries get the dark palette and, on a phone, more of the width. */
export const stylesheet = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'a{color:inherit}',
  '@media (max-width:480px){.gutter{padding-left:20px!important;padding-right:20px!important}',
  '.title{font-size:27px!important;line-height:33px!important}}',
  '@media (prefers-color-scheme:dark){',
  ...roles.map((role) => {
    const dark = colours[role][1]
    return `.t-${role}{color:${dark}!important}.b-${role}{background-color:${dark}!important}.l-${role}{border-color:${dark}!important}`
  }),
  '}',
].join('')
