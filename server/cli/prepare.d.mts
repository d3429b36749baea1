export declare function nodeOf(root: string): string;
export declare function installPackages(root: string): Promise<void>;
export declare function buildPages(root: string): Promise<void>;
