<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The page of a report.  It is given the tree that src/report/page/pagedoc.c makes: bounded,
     its texts cut and harmless, data in hex, w:timeline laid out, @left_out where
     something was not kept, @id wherever the page may link to.  Ids of the page itself begin
     with "page-". -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:include href="pagewords.xsl"/>
 <xsl:include href="pageanswer.xsl"/>
 <xsl:include href="pagetimeline.xsl"/>
 <xsl:include href="pageprofiles.xsl"/>
 <xsl:include href="pagefindings.xsl"/>
 <xsl:include href="pagecontent.xsl"/>
 <xsl:include href="pagerecovered.xsl"/>
 <xsl:include href="pagecauses.xsl"/>
 <xsl:include href="pagemachine.xsl"/>
 <xsl:include href="pageprovenance.xsl"/>

 <xsl:output method="html" encoding="UTF-8" indent="no"/>
 <xsl:strip-space elements="*"/>

 <xsl:param name="style"/>
 <xsl:param name="style_hash"/>
 <xsl:param name="notice"/>
 <xsl:param name="changes" select="200"/>
 <xsl:param name="cells" select="300"/>
 <xsl:param name="rows" select="500"/>

 <xsl:key name="id" use="@id"
          match="w:input|w:series|w:snapshot|w:store|w:comparison|w:change|w:profile|w:diagnosis"/>
 <xsl:key name="profile" match="w:store/w:profile"
          use="concat(../../@id, '|', ../@path, '|', @name)"/>
 <xsl:key name="change" match="w:change"
          use="concat(../@id, '|', @store_path, '|', @profile)"/>
 <!-- By where a profile went; what is missing stayed as it was. -->
 <xsl:key name="target" match="w:change[@kind != 'default_changed']"
          use="concat(../@id, '|', @new_store_path,
                      substring(@store_path, 1 div not(@new_store_path)), '|', @new_name,
                      substring(@profile, 1 div not(@new_name)))"/>
 <xsl:key name="when" match="w:change[@kind = 'deleted' or @kind = 'other_hive']"
          use="concat(w:deletion/@at, '|', w:deletion/@earliest, '|', w:deletion/@latest, '|',
            boolean(w:reason[@code = 'bounds_conflict']))"/>
 <xsl:key name="went" match="w:recovered/w:profile[@deleted_at and not(@lives_on or @went_on)]" use="@deleted_at"/>
 <xsl:key name="restored" match="w:change[@kind = 'deleted' or @kind = 'other_hive' or @kind = 'damaged' or @kind = 'recreated']"
          use="concat(w:restore/@outcome, '|', w:restore/@reason)"/>

 <xsl:variable name="report" select="/w:report"/>
 <xsl:variable name="sum" select="/w:report/w:summary"/>
 <xsl:variable name="lost" select="/w:report/w:series/w:comparison/w:change[@kind = 'deleted' or @kind = 'other_hive']"/>
 <!-- Where the later hive does not continue the earlier one. -->
 <xsl:variable name="replaced" select="/w:report/w:series/w:comparison/w:other_hive"/>
 <!-- Still there, but not what they were. -->
 <xsl:variable name="hurt" select="/w:report/w:series/w:comparison/w:change[@kind = 'damaged' or @kind = 'recreated']"/>
 <xsl:variable name="found"
               select="/w:report/w:series/w:snapshot/w:recovered/w:profile[not(@lives_on or @went_on or @may_be_alive = 1)]"/>
 <xsl:variable name="single" select="not(/w:report/w:series/w:comparison)"/>
 <!-- Of how many it is: each is named then, wherever something is told of it. -->
 <xsl:variable name="several" select="count(/w:report/w:series) &gt; 1"/>

 <!-- ==== the verdict ==== -->

 <xsl:template name="verdict">
  <xsl:choose>
   <xsl:when test="not($sum)">This report has no summary</xsl:when>
   <xsl:when test="$sum/@verdict">
    <xsl:value-of select="translate(substring($sum/@verdict, 1, 1), 'cn', 'CN')"/>
    <xsl:value-of select="substring($sum/@verdict, 2)"/>
   </xsl:when>
   <!-- a report of a version that did not write its verdict -->
   <xsl:when test="$single">
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="$sum/@profiles_after"/>
     <xsl:with-param name="of" select="'profile'"/>
    </xsl:call-template>
    <xsl:text> in this hive, </xsl:text>
    <xsl:value-of select="$sum/@recovered"/>
    <xsl:text> deleted </xsl:text>
    <xsl:choose>
     <xsl:when test="$sum/@recovered = 1">one</xsl:when>
     <xsl:otherwise>ones</xsl:otherwise>
    </xsl:choose>
    <xsl:text> recovered</xsl:text>
   </xsl:when>
   <xsl:when test="$sum/@deleted = 1">1 profile is gone</xsl:when>
   <xsl:when test="$sum/@deleted &gt; 1">
    <xsl:value-of select="$sum/@deleted"/>
    <xsl:text> profiles are gone</xsl:text>
   </xsl:when>
   <xsl:otherwise>No profile is gone</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="$sum and not($sum/@verdict)"><xsl:call-template name="verdict_rest"/></xsl:if>
 </xsl:template>

 <xsl:template name="verdict_rest">
  <xsl:for-each select="$sum/@damaged[. &gt; 0] | $sum/@recreated[. &gt; 0]">
   <xsl:sort select="name()"/>
   <xsl:text>; </xsl:text>
   <xsl:value-of select="."/>
   <xsl:choose>
    <xsl:when test=". = 1"> is </xsl:when>
    <xsl:otherwise> are </xsl:otherwise>
   </xsl:choose>
   <xsl:value-of select="name()"/>
  </xsl:for-each>
  <xsl:if test="$sum/@exit_status = 2">; but not everything could be read</xsl:if>
 </xsl:template>

 <xsl:template match="/">
  <html lang="en">
   <head>
    <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src '{$style_hash}'; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="referrer" content="no-referrer"/>
    <meta name="generator" content="wmsdiff"/>
    <title>wmsdiff: <xsl:call-template name="verdict"/></title>
    <style><xsl:value-of select="$style"/></style>
   </head>
   <body>
    <a class="skip" href="#page-answer">Skip to the answer</a>
    <xsl:apply-templates select="$report"/>
   </body>
  </html>
 </xsl:template>

 <xsl:template match="w:report">
  <header>
   <p class="brand">wmsdiff: MAPI profiles in registry hives</p>
   <h1><xsl:call-template name="verdict"/></h1>
   <xsl:if test="$notice != ''">
    <p class="notice"><strong>Caution: </strong><bdi><xsl:value-of select="$notice"/></bdi></p>
   </xsl:if>
   <xsl:apply-templates select="w:case"/>
   <xsl:apply-templates select="w:redaction"/>
   <xsl:call-template name="contents"/>
  </header>
  <main>
   <xsl:call-template name="answer"/>
   <xsl:call-template name="timeline"/>
   <xsl:call-template name="profiles"/>
   <xsl:if test="not($single)"><xsl:call-template name="findings"/></xsl:if>
   <xsl:call-template name="recovered"/>
   <xsl:call-template name="causes"/>
   <xsl:call-template name="machine"/>
   <xsl:call-template name="provenance"/>
   <xsl:call-template name="diagnostics"/>
  </main>
  <xsl:call-template name="colophon"/>
 </xsl:template>

 <xsl:template match="w:case">
  <xsl:if test="@id or @examiner or @note"><p class="case">
   <xsl:if test="@id">Case <bdi><xsl:value-of select="@id"/></bdi>. </xsl:if>
   <xsl:if test="@examiner">Examiner: <bdi><xsl:value-of select="@examiner"/></bdi>. </xsl:if>
   <xsl:if test="@note">Note: <bdi><xsl:value-of select="@note"/></bdi></xsl:if>
  </p></xsl:if>
 </xsl:template>

 <xsl:template name="contents">
  <nav aria-label="Contents">
   <ul>
    <li><a href="#page-answer">The answer</a></li>
    <xsl:if test="w:timeline"><li><a href="#page-timeline">Timeline</a></li></xsl:if>
    <li><a href="#page-profiles">Profiles</a></li>
    <xsl:if test="not($single)"><li><a href="#page-findings">Findings</a></li></xsl:if>
    <xsl:if test="w:series/w:snapshot/w:recovered"><li><a href="#page-recovered">Recovered</a></li></xsl:if>
    <xsl:if test="w:series/w:diagnosis"><li><a href="#page-causes">Causes</a></li></xsl:if>
    <xsl:if test="w:input[w:mapi32 or w:listing or w:system or w:software or w:event_log]">
     <li><a href="#page-machine">The machine</a></li>
    </xsl:if>
    <li><a href="#page-provenance">Provenance</a></li>
    <li><a href="#page-diagnostics">Diagnostics</a></li>
   </ul>
  </nav>
 </xsl:template>
</xsl:stylesheet>
