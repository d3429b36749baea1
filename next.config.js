/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run types`, tests included; who only starts the console need not wait for that.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pino", "undici"],
  devIndicators: false,
  // `npm run dev` is opened by address as well as by name.
  allowedDevOrigins: ["127.0.0.1"],
};
