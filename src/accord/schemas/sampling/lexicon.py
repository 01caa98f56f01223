"""Words of our own, for what Faker has none or only odd ones: English names of things, and plain prose."""

from collections.abc import Mapping

from accord.schemas.sampling.tables import table


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(","))


ADJECTIVES = _listed(
    "Amber, Bright, Calm, Clear, Coastal, Crimson, Daily, Early, Evening, Golden, Green, Little, Modern, "
    "Northern, Open, Quiet, Rapid, Silver, Simple, Southern, Spring, Summer, Urban, Winter"
)
NOUNS = _listed(
    "Atlas, Beacon, Bridge, Canyon, Cedar, Compass, Delta, Ember, Falcon, Forest, Garden, Harbor, Horizon, "
    "Island, Lantern, Meadow, Mosaic, Orchard, Orbit, Pioneer, Prairie, River, Summit, Voyage"
)
PHRASES = tuple(f"{adjective} {noun}" for adjective in ADJECTIVES for noun in NOUNS)
FILES = _listed(
    "budget-2026.xlsx, contract.pdf, cover-photo.png, meeting-notes.docx, presentation.pdf, report-q1.pdf"
)
SPECIES = _listed("dog, cat, rabbit, parrot, hamster")
PETS = _listed("Bella, Biscuit, Charlie, Daisy, Luna, Max, Milo, Nala, Oscar, Poppy, Rocky, Ruby")
# By what a thing is, what its name may be. `A` stands for an adjective and `N` for a noun of the lists above.
THINGS: Mapping[str, tuple[str, ...]] = table(
    ("pet animal dog cat", PETS),
    ("breed", _listed("Beagle, Border Collie, Labrador Retriever, Maine Coon, Poodle, Siamese")),
    ("species", SPECIES),
    (
        "product item sku variant goods merchandise line_item",
        _listed(
            "Canvas Backpack, Ceramic Mug, Cotton T-Shirt, Desk Lamp, Linen Shirt, Leather Wallet, "
            "Oak Bookshelf, Running Shoes, Stainless Steel Bottle, Travel Pillow, Wireless Headphones, "
            "Wool Scarf"
        ),
    ),
    (
        "category department collection catalog",
        _listed(
            "Accessories, Books, Clothing, Electronics, Garden, Health, Home, Kitchen, Music, Outdoors, "
            "Sports, Travel"
        ),
    ),
    ("genre", _listed("Ambient, Classical, Electronic, Folk, Indie, Jazz, Pop, Rock, Soul")),
    (
        "tag keyword label topic hashtag",
        _listed("featured, new, popular, sale, seasonal, limited, recommended, trending, urgent, weekly"),
    ),
    (
        "project workspace board program initiative campaign space site",
        ("A N", "Project N", "N Redesign", "N Launch", "A Campaign", "N Migration"),
    ),
    (
        "team group squad division unit",
        _listed(
            "Design, Engineering, Finance, Marketing, Operations, People, Platform, Research, Sales, Support"
        ),
    ),
    ("role", _listed("admin, editor, member, owner, viewer")),
    (
        "permission scope privilege",
        _listed("projects:read, projects:write, reports:read, users:read, users:write"),
    ),
    ("plan tier package subscription", _listed("Free, Starter, Pro, Business, Enterprise")),
    (
        "channel room chat conversation thread",
        _listed("announcements, general, ideas, introductions, random, support"),
    ),
    (
        "event conference meeting webinar workshop exhibition show",
        _listed(
            "Annual Meeting, Autumn Workshop, Community Day, Design Sprint, Evening Concert, Open House, "
            "Product Demo, Spring Conference, Summer Festival, Team Offsite"
        ),
    ),
    (
        "artist band",
        _listed(
            "Amber Lane, Echo Valley, Golden Hour, Harbor Lights, Northern Sky, Paper Kites, Silver Pines, "
            "The Lanterns"
        ),
    ),
    ("album playlist record", ("A Nights", "N Sessions", "A N", "Songs for the N", "The A N")),
    ("track song", ("A N", "N at Night", "Back to the N", "A Morning", "Under the N")),
    (
        "book audiobook novel",
        ("The A N", "A Winters", "The Last N", "Letters from the N", "A History of the N"),
    ),
    ("movie film episode chapter video podcast", ("The A N", "Beyond the N", "A N", "Return to the N")),
    (
        "museum gallery venue theater theatre stadium",
        ("N Museum", "N Gallery", "The N Theater", "A Hall", "N Arena"),
    ),
    (
        "hotel restaurant cafe store shop branch_office location place facility warehouse office",
        ("N House", "The A N", "N Corner", "A N", "N Place"),
    ),
    (
        "course class lesson module",
        _listed(
            "Introduction to Statistics, Modern History, Practical Writing, Public Speaking, "
            "Web Development Basics"
        ),
    ),
    (
        "repository repo library service app application component container deployment pod",
        _listed(
            "atlas-api, billing-service, checkout-web, gateway, harbor-ui, inventory-worker, orders-api, "
            "search-index"
        ),
    ),
    (
        "server host node machine instance vm droplet cluster device agent runner worker",
        _listed("web-01, web-02, db-primary, db-replica-1, cache-01, worker-03, edge-fra-1, build-07"),
    ),
    (
        "database schema index table bucket dataset namespace volume stream queue keyspace store_name",
        _listed(
            "analytics, archive, audit-log, billing, catalog, customers, events, inventory, orders, sessions"
        ),
    ),
    ("network vpc subnet", _listed("default, frontend, backend, internal, public-a, private-b")),
    ("model engine", _listed("atlas-small, atlas-large, beacon-2, compass-mini, delta-pro")),
    ("assistant bot chatbot", _listed("Atlas, Beacon, Compass, Ember, Lantern, Pioneer")),
    (
        "job task workflow pipeline build run step action process operation trigger automation schedule",
        _listed(
            "daily-backup, import-orders, nightly-report, publish-site, refresh-cache, send-reminders, "
            "sync-contacts"
        ),
    ),
    (
        "issue ticket case bug todo story",
        _listed(
            "Add export to CSV, Fix broken link in footer, Improve search results, "
            "Login page is slow on mobile, Reset link has expired, Update billing address, "
            "Wrong total on invoice"
        ),
    ),
    (
        "key secret credential token certificate webhook integration connection connector",
        _listed("Analytics, Backup, CI pipeline, Mobile app, Production, Reporting, Staging, Website"),
    ),
    ("environment stage env", _listed("production, staging, development, preview")),
    ("region zone datacenter", _listed("eu-central-1, eu-west-1, us-east-1, us-west-2")),
    ("language", _listed("English, French, German, Italian, Japanese, Portuguese, Spanish")),
    ("currency", _listed("US Dollar, Euro, Pound Sterling, Japanese Yen")),
    ("folder directory", _listed("Archive, Contracts, Designs, Invoices, Photos, Reports, Templates")),
    ("file attachment document upload blob asset media artifact image picture photo", FILES),
    (
        "template form survey page dashboard report view policy rule filter segment list preset theme",
        (
            "A Report",
            "N Overview",
            "Weekly Summary",
            "Monthly Review",
            "A Checklist",
            "Customer Survey",
            "N Policy",
        ),
    ),
    ("ingredient", _listed("Basil, Butter, Flour, Garlic, Olive Oil, Salt, Sugar, Tomatoes")),
    (
        "recipe dish meal menu",
        _listed("Apple Pie, Chicken Curry, Lentil Soup, Mushroom Risotto, Pancakes, Roasted Vegetables"),
    ),
    (
        "vehicle car truck",
        _listed("Audi A4, Ford Focus, Honda Civic, Tesla Model 3, Toyota Corolla, Volvo XC60"),
    ),
    (
        "attribute field property column parameter variable option setting metric dimension feature flag",
        _listed("color, country, created_at, currency, material, quantity, size, status, weight"),
    ),
    ("tax tax_rate", _listed("Sales Tax, VAT, Reduced Rate, Zero Rated")),
    ("account", _listed("Checking, Operations, Petty Cash, Reserve, Savings, Travel Expenses")),
    (
        "coupon discount promotion voucher promo",
        _listed("Summer Sale, Welcome Offer, Loyalty Discount, Free Shipping"),
    ),
    ("emoji reaction sticker", _listed("wave, tada, rocket, heart, thumbsup, eyes")),
    ("header", _listed("Content-Type, Accept, X-Request-Id, Authorization")),
    ("font", _listed("Inter, Roboto, Source Sans Pro, Open Sans, Lato")),
)
# What entries of maps are called that may be called anything.
KEYS = _listed("team, region, source, environment, color, category, owner, priority, size, version")
STATUSES = ("active", "active", "pending", "completed")
# By what a text is, what it may be.
VALUES: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES,
    "priority": ("low", "medium", "high"),
    "role": ("admin", "editor", "member", "viewer"),
    "version": ("1.0.0", "1.4.2", "2.1.0", "2.3.1", "3.0.4"),
    "sku": _listed("CB-1042-BLK, MG-2280-RED, TS-3317-M, DL-4905-OAK, WS-5561-GRY"),
    "color": _listed("black, blue, green, orange, purple, red, white, yellow"),
    "hex_color": _listed("#1f6feb, #2da44e, #bf3989, #d4a72c, #e5534b, #57606a"),
    "mime_type": _listed("application/pdf, application/json, image/png, image/jpeg, text/plain, text/csv"),
    "extension": _listed("pdf, png, jpg, csv, json, txt"),
    "environment": _listed("production, staging, development"),
    "method": _listed("GET, POST, PUT, DELETE"),
    "size": _listed("S, M, L, XL"),
    "unit": _listed("kg, cm, pcs, ml"),
    "gender": _listed("female, male"),
    "brand": _listed("visa, mastercard, amex"),
    "make": _listed("Aurora, Borealis, Northwind, Solstice, Vertex"),
    "type": _listed("standard, default, basic, custom"),
    "branch": _listed("main, develop, feature/search, fix/login, release/2.3"),
    "salutation": _listed("Ms., Mr., Dr."),
    "region": _listed("eu-central-1, eu-west-1, us-east-1, us-west-2"),
    "error_code": _listed("invalid_request, not_found, rate_limited, forbidden"),
    "operating_system": _listed("linux, macos, windows, android, ios"),
    "architecture": _listed("amd64, arm64"),
    "command": _listed("python app.py, npm start, ./run.sh"),
    "browser": _listed("Chrome, Firefox, Safari, Edge"),
    "algorithm": _listed("HS256, RS256, ES256"),
    "encoding": ("utf-8",),
    "license": _listed("MIT, Apache-2.0, BSD-3-Clause, GPL-3.0"),
    "nationality": _listed("American, British, French, German, Italian, Japanese, Spanish"),
    "currency_symbol": ("$",),
    "visibility": ("public", "private"),
    "weekday": _listed("Monday, Tuesday, Wednesday, Thursday, Friday"),
    "month_name": _listed("January, March, May, July, September, November"),
    "occupation": _listed(
        "Account Manager, Architect, Data Analyst, Graphic Designer, Nurse, Product Manager, "
        "Software Engineer, Teacher"
    ),
    "department": _listed("Engineering, Finance, Marketing, Operations, Sales, Support"),
    "error": (
        "The request could not be completed.",
        "The resource was not found.",
        "A required field is missing.",
        "The service is temporarily unavailable.",
    ),
    "comment": (
        "Looks good to me, thanks for the quick turnaround.",
        "Could you share the latest figures before Friday?",
        "I have updated the draft with your suggestions.",
        "Great work! The new layout is much clearer.",
        "Let us discuss the open points in the next meeting.",
        "This solved it for us, thank you.",
    ),
    "question": (
        "How do I reset my password?",
        "When will my order arrive?",
        "Which plan is right for a small team?",
    ),
    "reason": (
        "Requested by the customer",
        "Duplicate entry",
        "Approved by the manager",
        "No longer needed",
        "Address could not be verified",
    ),
    "instructions": (
        "Leave the parcel with the neighbor on the ground floor.",
        "Ring twice; the bell is quiet.",
        "Call on arrival and use the side entrance.",
    ),
    "prompt": (
        "Summarize the meeting notes in three bullet points.",
        "Write a short product description for a desk lamp.",
        "Translate this paragraph into French.",
    ),
}
# Titles, where `A` stands for an adjective in small letters and `N` for a noun.
TITLES = (
    "Planning the A garden",
    "Getting started with N",
    "How we plan the week",
    "N quarterly review",
    "Ten ideas for the summer",
    "What is new in spring",
    "The A N handbook",
    "Notes from the N workshop",
    "Everyday tips for small teams",
    "Ideas for the A weekend",
    "First look at N",
    "Lessons from the N launch",
)
OPENINGS = (
    "Used by the whole team for the weekly review",
    "Prepared for the spring release",
    "Shared with partners and customers",
    "Created from the standard template",
    "Covers the most common questions",
    "Kept up to date by the support team",
    "Replaces the earlier version from last year",
    "Part of the regular monthly cycle",
    "Set up for the new office",
    "Checked twice before it was published",
    "Suitable for everyday use",
    "Made for small teams that grow quickly",
)
ENDINGS = (
    "",
    "",
    " and reviewed every quarter",
    " and open to suggestions",
    ", with a short summary at the end",
    " and available on request",
    ", including all recent changes",
    " and approved by the project lead",
)
SENTENCES = (
    "The first part explains how it began and what has changed since then.",
    "Most readers start with the overview and come back for the details.",
    "All figures are checked once a month and corrected where needed.",
    "We collected feedback from several teams and kept what worked.",
    "If something is missing, a short message to the editors is enough.",
    "The next update is planned for early autumn.",
    "It takes about ten minutes to read and needs no special knowledge.",
    "Examples from daily work show how each step fits together.",
)
CURRENCIES: Mapping[str, str] = {
    "AT": "EUR", "AU": "AUD", "BE": "EUR", "BR": "BRL", "CA": "CAD", "CH": "CHF", "CN": "CNY", "CZ": "CZK",
    "DE": "EUR", "DK": "DKK", "ES": "EUR", "FI": "EUR", "FR": "EUR", "GB": "GBP", "GR": "EUR", "HU": "HUF",
    "IE": "EUR", "IL": "ILS", "IN": "INR", "IT": "EUR", "JP": "JPY", "KR": "KRW", "MX": "MXN", "NL": "EUR",
    "NO": "NOK", "NZ": "NZD", "PL": "PLN", "PT": "EUR", "RO": "RON", "RU": "RUB", "SE": "SEK", "SK": "EUR",
    "TH": "THB", "TR": "TRY", "TW": "TWD", "UA": "UAH", "US": "USD", "ZA": "ZAR",
}  # fmt: skip
# City, state, its code, postal code, latitude, longitude, time zone.
SPOTS: tuple[tuple[str, str, str, str, float, float, str], ...] = (
    ("Portland", "Oregon", "OR", "97205", 45.5202, -122.6742, "America/Los_Angeles"),
    ("Seattle", "Washington", "WA", "98101", 47.6101, -122.3344, "America/Los_Angeles"),
    ("San Diego", "California", "CA", "92101", 32.7199, -117.1647, "America/Los_Angeles"),
    ("Sacramento", "California", "CA", "95814", 38.5804, -121.4922, "America/Los_Angeles"),
    ("Denver", "Colorado", "CO", "80202", 39.7491, -104.9946, "America/Denver"),
    ("Boulder", "Colorado", "CO", "80302", 40.0176, -105.2797, "America/Denver"),
    ("Santa Fe", "New Mexico", "NM", "87501", 35.6824, -105.9378, "America/Denver"),
    ("Austin", "Texas", "TX", "78701", 30.2713, -97.7426, "America/Chicago"),
    ("Chicago", "Illinois", "IL", "60601", 41.8858, -87.6229, "America/Chicago"),
    ("Madison", "Wisconsin", "WI", "53703", 43.0779, -89.3762, "America/Chicago"),
    ("Minneapolis", "Minnesota", "MN", "55401", 44.9845, -93.2690, "America/Chicago"),
    ("Nashville", "Tennessee", "TN", "37203", 36.1504, -86.7916, "America/Chicago"),
    ("New Orleans", "Louisiana", "LA", "70112", 29.9571, -90.0767, "America/Chicago"),
    ("Columbus", "Ohio", "OH", "43215", 39.9671, -83.0045, "America/New_York"),
    ("Ann Arbor", "Michigan", "MI", "48104", 42.2681, -83.7263, "America/Detroit"),
    ("Boston", "Massachusetts", "MA", "02108", 42.3576, -71.0641, "America/New_York"),
    ("Burlington", "Vermont", "VT", "05401", 44.4838, -73.2216, "America/New_York"),
    ("Charleston", "South Carolina", "SC", "29401", 32.7797, -79.9371, "America/New_York"),
    ("Atlanta", "Georgia", "GA", "30303", 33.7529, -84.3925, "America/New_York"),
    ("Pittsburgh", "Pennsylvania", "PA", "15222", 40.4477, -79.9933, "America/New_York"),
)
STREETS = _listed(
    "Cedar Street, Elm Street, Garden Avenue, Harbor Road, Hill Street, Lake Drive, Maple Avenue, "
    "Market Street, Mill Road, Oak Street, Orchard Lane, Park Avenue, River Road, Spring Street, "
    "Walnut Street, Washington Avenue"
)
