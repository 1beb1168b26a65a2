/** What a child process of this package inherits. */
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env
